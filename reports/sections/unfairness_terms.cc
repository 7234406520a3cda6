// What Unfairness is made of: each group's accuracy against the accuracy over all rows.
#include <cmath>
#include <map>
#include <optional>

#include "harness/metrics/figures/figures.h"
#include "reports/data/all_trainings.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 4};
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
std::optional<std::size_t> index_of(const ModelPredictions& predictions, const std::string& group) {
  std::size_t at = 0;
  for (const auto& attribute : predictions.outcomes.attributes) {
    for (const std::string& name : attribute.groups) {
      if (name == group) return at;
      ++at;
    }
  }
  return std::nullopt;
}

/// A run's terms with their intervals, of all groups; empty where its predictions were not read.
using Gaps = std::vector<metrics::Estimate>;
Gaps gaps_of(const ModelPredictions* predictions) {
  return predictions == nullptr ? Gaps() : metrics::accuracy_gaps(predictions->outcomes, predictions->resampled.config);
}

Cell term(const ReportInputs& inputs, const Run* run, const Gaps& gaps, const std::string& group,
          const std::string& why) {
  const auto metrics = metrics_of(run);
  Cell cell = measured(metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::accuracy), why);
  const Cell overall = measured(metrics.at(&RunMetrics::accuracy), why);
  if (!cell.value || !overall.value) return cell;
  cell.inputs = {cell.provenance, overall.provenance};
  cell.value = *cell.value - *overall.value;
  cell.low = cell.high = std::nullopt;
  const auto at = gaps.empty() ? std::nullopt : index_of(*inputs.predictions_of(run), group);
  if (at && !std::isnan(gaps[*at].low)) cell.low = gaps[*at].low, cell.high = gaps[*at].high;
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
              .row_title = "Model",
              .beside = true};
  for (const auto& group : groups) {
    const auto size = sample_size(
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::n); });
    table.columns.push_back(
        {.key = group, .title = group, .note = size, .format = kShare, .interval = true, .counted = true});
  }
  table.columns.push_back({.key = "sum", .title = "Sum", .note = "without signs", .format = kShare});
  table.columns.push_back({.key = "mean", .title = "Mean", .note = "without signs", .format = kShare});
  const auto total = [](const Run* run, std::optional<RecordedEstimate> RunMetrics::*member, const std::string& why) {
    Cell cell = measured(metrics_of(run).at(member), why);
    cell.low = cell.high = std::nullopt;  // they stand in Table I
    return cell;
  };
  for (const Model& model : inputs.models()) {
    Row& row = table.rows.emplace_back(model_row(inputs, model));
    const std::string why = inputs.why_missing(model.name);
    std::map<const Run*, Gaps> gaps;
    for (const Run* run : inputs.runs_of(model.name)) gaps[run] = gaps_of(inputs.predictions_of(run));
    for (const auto& group : groups) {
      const auto cell = [&](const Run* run) { return term(inputs, run, gaps[run], group, why); };
      row.cells.push_back(over_trainings(inputs, model.name, cell, Range::kSigned));
    }
    for (const auto member : {&RunMetrics::unfairness_sum, &RunMetrics::unfairness_mean}) {
      const auto cell = [&](const Run* run) { return total(run, member, why); };
      row.cells.push_back(over_trainings(inputs, model.name, cell, Range::kNonNegative));
    }
  }
  if (inputs.constant && inputs.constant->usable()) {
    Row& row = table.rows.emplace_back(constant_row());
    const Gaps gaps = gaps_of(inputs.predictions_of(&*inputs.constant));
    for (const auto& group : groups) row.cells.push_back(term(inputs, &*inputs.constant, gaps, group, ""));
    for (const auto member : {&RunMetrics::unfairness_sum, &RunMetrics::unfairness_mean}) {
      row.cells.push_back(total(&*inputs.constant, member, ""));
    }
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
