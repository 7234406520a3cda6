#include <fmt/format.h>

#include "reports/data/all_trainings.h"
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

using OfRun = std::function<Cell(const Run* run)>;

/// The cells of accuracies, each made of its figure.
template <class Made>
void add_accuracies(Row& row, const std::string& why, const std::vector<std::string>& groups, Made made) {
  row.cells.push_back(made([&](const Run* run) { return measured(metrics_of(run).at(&RunMetrics::accuracy), why); }));
  for (const auto& group : groups) {
    row.cells.push_back(made([&](const Run* run) {
      return measured(metrics_of(run).at(&RunMetrics::groups)[group].at(&GroupMetrics::accuracy), why);
    }));
  }
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
    Row& row = table.rows.emplace_back(model_row(inputs, model));
    add_accuracies(row, inputs.why_missing(model.name), groups,
                   [&](const OfRun& figure) { return over_trainings(inputs, model.name, figure); });
    row.cells.push_back(worst_group(inputs.run_of(model.name)));
  }
  if (inputs.constant && inputs.constant->usable()) {
    Row& row = table.rows.emplace_back(constant_row());
    add_accuracies(row, "", groups, [&](const OfRun& figure) { return figure(&*inputs.constant); });
    row.cells.push_back(worst_group(&*inputs.constant));
  }
  section.blocks.emplace_back(std::move(table));
  if (auto figure = group_accuracy_figure(inputs, groups)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
