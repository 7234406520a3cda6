#include <algorithm>

#include "reports/data/all_trainings.h"
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
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::recall)[name].at(&RecordedEstimate::n); });
    table.columns.push_back({.key = name,
                             .title = name,
                             .note = size,
                             .format = {.digits = 1, .scale = 100},
                             .interval = true,
                             .counted = true});
  }
  const auto recall = [](const Run* run, const std::string& name, const std::string& why) {
    return measured(metrics_of(run).at(&RunMetrics::recall)[name], why);
  };
  for (const Model& model : inputs.models()) {
    Row& row = table.rows.emplace_back(model_row(inputs, model));
    const std::string why = inputs.why_missing(model.name);
    for (const auto& name : classes) {
      row.cells.push_back(over_trainings(inputs, model.name, [&](const Run* run) { return recall(run, name, why); }));
    }
  }
  if (inputs.constant && inputs.constant->usable()) {
    Row& row = table.rows.emplace_back(constant_row());
    for (const auto& name : classes) row.cells.push_back(recall(&*inputs.constant, name, ""));
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
