#include <algorithm>

#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_recall(const ReportInputs& inputs, Section& section) {
  const Run* first = inputs.first_measured();
  if (first == nullptr || first->metrics->recall.empty()) return;
  std::vector<std::string> classes;
  for (const auto& [name, unused] : first->metrics->recall) classes.push_back(name);
  Table table{
      .id = "class_recall",
      .title = "Recall by class",
      .caption =
          "Share of a class's test images that were recognised, in per cent with its 95 % interval; the interval's "
          "width tells how few images a rare class has.",
      .row_title = "Model"};
  for (const auto& name : classes) {
    const auto size = sample_size(
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::recall)[name].at(&Estimate::n); });
    table.columns.push_back({.key = name,
                             .title = name,
                             .note = size,
                             .format = {.digits = 1, .scale = 100},
                             .interval = true,
                             .counted = true});
  }
  const auto add = [&](Row row, const Run* run, const std::string& why) {
    for (const auto& name : classes) row.cells.push_back(measured(metrics_of(run).at(&RunMetrics::recall)[name], why));
    table.rows.push_back(std::move(row));
  };
  for (const Model& model : inputs.models()) {
    add(model_row(inputs, model), inputs.run_of(model.name), inputs.why_missing(model.name));
  }
  if (inputs.constant && inputs.constant->usable()) add(constant_row(), &*inputs.constant, "");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
