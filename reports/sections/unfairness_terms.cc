// What Unfairness is made of: each group's accuracy against the accuracy over all rows.
#include <algorithm>
#include <cmath>

#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{4, 1, false};
constexpr double kTail = 0.025;  ///< of a 95 % interval, on either side
const char* const kUnknown = "unknown";

/// The groups that have a term, in the record's order.
std::vector<std::string> groups_of(const Evidence& evidence) {
  std::vector<std::string> groups;
  for (const Record& run : evidence.runs) {
    if (!run.usable() || !run.at("/metrics/groups").is_object()) continue;
    for (const auto& [name, unused] : run.at("/metrics/groups").items()) {
      if (name != kUnknown) groups.push_back(name);
    }
    break;
  }
  return groups;
}

/// Where a group's accuracy stands among the figures of a resample.
std::optional<std::size_t> place_of(const Answers& answers, const std::string& group) {
  metrics::MetricSet<std::size_t> places;
  places.recall.resize(answers.resampled.recalls);
  places.groups.resize(answers.resampled.groups);
  std::size_t next = 0;
  metrics::MetricSet<std::size_t>::for_each_value(places, [&](std::size_t& place) { place = next++; });
  std::size_t at = 0;
  for (const auto& attribute : answers.outcomes.attributes) {
    for (const std::string& name : attribute.groups) {
      if (name == group && at < places.groups.size()) return places.groups[at];
      ++at;
    }
  }
  return std::nullopt;
}

/// The 95 % interval of the group's accuracy minus the accuracy over all rows, both on the same resamples.
void add_interval(const Answers& answers, const std::string& group, Cell& cell) {
  const auto place = place_of(answers, group);
  if (!place) return;
  const auto overall = metrics::draws_of(answers.resampled, "accuracy");
  std::vector<double> gaps;
  for (std::size_t draw = 0; draw < overall.size(); ++draw) {
    const double gap = answers.resampled.draws[draw][*place] - overall[draw];
    if (!std::isnan(gap)) gaps.push_back(gap);
  }
  const double undefined = 1 - static_cast<double>(gaps.size()) / static_cast<double>(overall.size());
  if (gaps.empty() || undefined > metrics::BootstrapConfig().most_undefined) return;
  std::sort(gaps.begin(), gaps.end());
  cell.low = metrics::quantile(gaps, kTail);
  cell.high = metrics::quantile(gaps, 1 - kTail);
}

Cell term(const Evidence& evidence, const Record* run, const std::string& group, const std::string& why) {
  const std::string key = "/metrics/groups/" + pointer_step(group) + "/accuracy";
  Cell cell = measured(run, key, why);
  const Cell overall = measured(run, "/metrics/accuracy", why);
  if (!cell.value || !overall.value) return cell;
  cell.inputs = {cell.provenance, overall.provenance};
  cell.value = *cell.value - *overall.value;
  cell.low = cell.high = std::nullopt;
  if (const Answers* answers = evidence.answers_of(run)) add_interval(*answers, group, cell);
  return cell;
}

}  // namespace

void add_unfairness_terms(const Evidence& evidence, Section& section) {
  const auto groups = groups_of(evidence);
  if (groups.empty()) return;
  Table table{
      "unfairness_terms",
      "Unfairness, term by term",
      "Each group's accuracy minus the accuracy over all test images, as a share, with its 95 % interval on the "
      "same resamples for both. Unfairness is the sum, or the mean, of these terms without their signs. A term "
      "whose interval holds zero may be chance alone.",
      "Model",
      {},
      {}};
  for (const auto& group : groups) {
    const auto size = sample_size(evidence, "/metrics/groups/" + pointer_step(group) + "/n");
    table.columns.push_back({group, without_controls(group), size, "", kShare, true, true, false, false});
  }
  table.columns.push_back({"sum", "Sum", "without signs", "", kShare});
  table.columns.push_back({"mean", "Mean", "without signs", "", kShare});
  const auto add = [&](Row row, const Record* run, const std::string& why) {
    for (const auto& group : groups) row.cells.push_back(term(evidence, run, group, why));
    for (const char* key : {"/metrics/unfairness_sum", "/metrics/unfairness_mean"}) {
      row.cells.push_back(measured(run, key, why));
      row.cells.back().low = row.cells.back().high = std::nullopt;  // they stand in Table I
    }
    table.rows.push_back(std::move(row));
  };
  for (const Model& model : evidence.models()) {
    add(model_row(evidence, model), evidence.run_of(model.name), evidence.why_missing(model.name));
  }
  if (evidence.constant && evidence.constant->usable()) add(constant_row(), &*evidence.constant, "");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
