#include <fmt/format.h>

#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{4, 1, false};

Cell observed_cell(const Record& statistics, const std::string& key) {
  Cell cell = measured(&statistics, key, "");
  cell.low = cell.high = std::nullopt;
  return cell;
}

}  // namespace

void add_noise_floor(const Evidence& evidence, Section& section) {
  if (!evidence.statistics) return;
  const Record& statistics = *evidence.statistics;
  Table table{
      "noise_floor",
      "Noise floor: what a perfectly fair model would show",
      "Every metric here is a mean or sum of absolute gaps, so that even a perfectly fair model of the same accuracy "
      "shows a value above zero with groups of this size: its mean and, in brackets, its 5th and 95th percentile. For "
      "Unfairness it is right equally often in all groups; for EODD, EOPP1 and EOPP2 its answers depend on the label "
      "alone. p is the share of such models that show at least our value: a large p means that no unfairness was "
      "shown, not that there is none.",
      "Model",
      {},
      {}};
  for (const Metric& metric : table_metrics()) {
    if (!metric.fairness) continue;
    table.columns.push_back({metric.key, "Ours", metric.note, metric.title, kShare});
    table.columns.push_back({std::string(metric.key) + "_fair", "Fair model", "mean [5 %, 95 %]", metric.title, kShare,
                             true, false, false, false});
    table.columns.push_back(
        {std::string(metric.key) + "_p", "p", "fair model as unfair as ours", metric.title, {3, 1, false, true}});
  }
  for (const Model& model : evidence.models()) {
    if (!statistics.at("/models/" + pointer_step(model.name)).is_object()) continue;
    Row row = model_row(evidence, model);
    for (const Metric& metric : table_metrics()) {
      if (!metric.fairness) continue;
      const std::string key = "/models/" + pointer_step(model.name) + "/noise/" + metric.key;
      row.cells.push_back(observed_cell(statistics, key));
      row.cells.push_back(measured_mean(&statistics, key, ""));
      row.cells.push_back(measured(&statistics, key + "/p", ""));
    }
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
