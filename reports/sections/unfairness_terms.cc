// What Unfairness is made of: each group's accuracy against the accuracy over all rows.
#include <algorithm>
#include <cmath>

#include "harness/metrics/figures.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 4};
constexpr double kTail = 0.025;  ///< of a 95 % interval, on either side
const char* const kUnknown = "unknown";

/// The groups that have a term, in the record's order.
std::vector<std::string> groups_of(const ReportInputs& inputs) {
  const Run* first = inputs.first_measured();
  std::vector<std::string> groups;
  if (first == nullptr) return groups;
  for (const auto& [name, unused] : first->metrics->groups) {
    if (name != kUnknown) groups.push_back(name);
  }
  return groups;
}

/// Which of all groups, of one attribute after the other, has the name.
std::optional<std::size_t> index_of(const Answers& answers, const std::string& group) {
  std::size_t at = 0;
  for (const auto& attribute : answers.outcomes.attributes) {
    for (const std::string& name : attribute.groups) {
      if (name == group) return at;
      ++at;
    }
  }
  return std::nullopt;
}

/// Of versions 1 and 2 of the metrics: both accuracies on the same resamples.
void add_resampled(const Answers& answers, std::size_t group, Cell& cell) {
  metrics::MetricSet<std::size_t> places;
  places.recall.resize(answers.resampled.recalls);
  places.groups.resize(answers.resampled.groups);
  std::size_t next = 0;
  metrics::MetricSet<std::size_t>::for_each_value(places, [&](std::size_t& place) { place = next++; });
  const auto overall = metrics::draws_of(answers.resampled, "accuracy");
  std::vector<double> gaps;
  for (std::size_t draw = 0; draw < overall.size(); ++draw) {
    const double gap = answers.resampled.draws[draw][places.groups.at(group)] - overall[draw];
    if (!std::isnan(gap)) gaps.push_back(gap);
  }
  const double undefined = 1 - static_cast<double>(gaps.size()) / static_cast<double>(overall.size());
  if (gaps.empty() || undefined > metrics::BootstrapConfig().most_undefined) return;
  std::sort(gaps.begin(), gaps.end());
  cell.low = metrics::quantile(gaps, kTail);
  cell.high = metrics::quantile(gaps, 1 - kTail);
}

/// The 95 % interval of the group's accuracy minus the accuracy over all rows.
void add_interval(const ReportInputs& inputs, const Answers& answers, const std::string& group, Cell& cell) {
  const auto at = index_of(answers, group);
  if (!at) return;
  if (inputs.answers_version < 3) return add_resampled(answers, *at, cell);
  const auto gap = metrics::accuracy_gaps(answers.outcomes, answers.resampled.config).at(*at);
  if (!std::isnan(gap.low)) cell.low = gap.low, cell.high = gap.high;
}

Cell term(const ReportInputs& inputs, const Run* run, const std::string& group, const std::string& why) {
  const auto metrics = metrics_of(run);
  Cell cell = measured(metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::accuracy), why);
  const Cell overall = measured(metrics.at(&RunMetrics::accuracy), why);
  if (!cell.value || !overall.value) return cell;
  cell.inputs = {cell.provenance, overall.provenance};
  cell.value = *cell.value - *overall.value;
  cell.low = cell.high = std::nullopt;
  if (const Answers* answers = inputs.answers_of(run)) add_interval(inputs, *answers, group, cell);
  return cell;
}

}  // namespace

void add_unfairness_terms(const ReportInputs& inputs, Section& section) {
  const auto groups = groups_of(inputs);
  if (groups.empty()) return;
  Table table{.id = "unfairness_terms",
              .title = "Unfairness, term by term",
              .caption =
                  "Each group's accuracy minus the accuracy over all test images, as a share, with its 95 % interval. "
                  "Unfairness is the sum, or the mean, of these terms without their signs. A term "
                  "whose interval holds zero may be chance alone.",
              .row_title = "Model"};
  for (const auto& group : groups) {
    const auto size = sample_size(
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::n); });
    table.columns.push_back(
        {.key = group, .title = group, .note = size, .format = kShare, .interval = true, .counted = true});
  }
  table.columns.push_back({.key = "sum", .title = "Sum", .note = "without signs", .format = kShare});
  table.columns.push_back({.key = "mean", .title = "Mean", .note = "without signs", .format = kShare});
  const auto add = [&](Row row, const Run* run, const std::string& why) {
    for (const auto& group : groups) row.cells.push_back(term(inputs, run, group, why));
    for (const auto member : {&RunMetrics::unfairness_sum, &RunMetrics::unfairness_mean}) {
      row.cells.push_back(measured(metrics_of(run).at(member), why));
      row.cells.back().low = row.cells.back().high = std::nullopt;  // they stand in Table I
    }
    table.rows.push_back(std::move(row));
  };
  for (const Model& model : inputs.models()) {
    add(model_row(inputs, model), inputs.run_of(model.name), inputs.why_missing(model.name));
  }
  if (inputs.constant && inputs.constant->usable()) add(constant_row(), &*inputs.constant, "");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
