#include <fmt/format.h>

#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{.digits = 1, .scale = 100};

Cell worst_group(const Run* run) {
  if (run == nullptr || !run->usable()) return words("");
  const auto worst = metrics_of(run).at(&RunMetrics::worst_group);
  if (!worst || !worst->value) return words("undefined");
  Cell text = words(fmt::format("{} {:.1f}", worst->name.value_or(""), *worst->value * 100));
  text.provenance = worst.provenance();
  return text;
}

Row accuracies(Row row, const Run* run, const std::string& why, const std::vector<std::string>& groups) {
  const auto metrics = metrics_of(run);
  row.cells.push_back(measured(metrics.at(&RunMetrics::accuracy), why));
  for (const auto& group : groups) {
    row.cells.push_back(measured(metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::accuracy), why));
  }
  row.cells.push_back(worst_group(run));
  return row;
}

}  // namespace

void add_fairness(const ReportInputs& inputs, Section& section) {
  const Run* first = inputs.first_measured();
  if (first == nullptr || first->metrics->groups.empty()) return;
  std::vector<std::string> groups;
  for (const auto& [name, unused] : first->metrics->groups) groups.push_back(name);
  Table table{
      .id = "groups",
      .title = "Accuracy by group",
      .caption =
          "Accuracy in per cent with its 95 % interval, and the images behind it. A small group has a wide interval: "
          "differences inside it mean nothing. Images whose group is unknown enter no fairness term.",
      .row_title = "Model"};
  table.columns.push_back({.key = "overall",
                           .title = "overall",
                           .note = sample_size(inputs, [](const auto& metrics) { return metrics.at(&RunMetrics::n); }),
                           .format = kPercent,
                           .interval = true,
                           .counted = true});
  for (const auto& group : groups) {
    const auto size = sample_size(
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::n); });
    table.columns.push_back(
        {.key = group, .title = group, .note = size, .format = kPercent, .interval = true, .counted = true});
  }
  table.columns.push_back({.key = "worst_group", .title = "Worst group", .words = true});
  for (const Model& model : inputs.models()) {
    const Run* run = inputs.run_of(model.name);
    table.rows.push_back(accuracies(model_row(inputs, model), run, inputs.why_missing(model.name), groups));
  }
  if (inputs.constant && inputs.constant->usable()) {
    table.rows.push_back(accuracies(constant_row(), &*inputs.constant, "", groups));
  }
  section.blocks.emplace_back(std::move(table));
  if (auto figure = group_accuracy_figure(inputs, groups)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
