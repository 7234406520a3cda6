#include <fmt/format.h>

#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{1, 100, false};

/// Any usable run tells which groups there are; all runs share the test set.
const Record* example(const Evidence& evidence) {
  for (const Record& run : evidence.runs) {
    if (run.usable() && run.at("/metrics/groups").is_object()) return &run;
  }
  return nullptr;
}

Cell worst_group(const Record* run) {
  if (run == nullptr || !run->usable()) return words("");
  const std::string name = run->text("/metrics/worst_group/name");
  const Cell cell = measured(run, "/metrics/worst_group", "");
  if (!cell.value) return words("undefined");
  Cell text = words(fmt::format("{} {:.1f}", name, *cell.value * 100));
  text.provenance = cell.provenance;
  return text;
}

Row accuracies(Row row, const Record* run, const std::string& why, const std::vector<std::string>& groups) {
  row.cells.push_back(measured(run, "/metrics/accuracy", why));
  for (const auto& group : groups) row.cells.push_back(measured(run, "/metrics/groups/" + group + "/accuracy", why));
  row.cells.push_back(worst_group(run));
  return row;
}

}  // namespace

void add_fairness(const Evidence& evidence, Section& section) {
  const Record* first = example(evidence);
  if (first == nullptr) return;
  std::vector<std::string> groups;
  for (const auto& [name, unused] : first->at("/metrics/groups").items()) {
    // JSON pointers of ours name groups; one with a slash or tilde could not be one of an adapter's.
    if (name.find_first_of("/~") == name.npos) groups.push_back(name);
  }
  Table table{
      "groups",
      "Accuracy by group",
      "Accuracy in per cent with its 95 % interval, and the images behind it. A small group has a wide interval: "
      "differences inside it mean nothing. Rows of unknown sex or age enter no fairness term.",
      "Model",
      {},
      {}};
  table.columns.push_back(
      {"overall", "overall", sample_size(evidence, "/metrics/n"), "", kPercent, true, true, false, false});
  for (const auto& group : groups) {
    const auto size = sample_size(evidence, "/metrics/groups/" + group + "/n");
    table.columns.push_back({group, without_controls(group), size, "", kPercent, true, true, false, false});
  }
  table.columns.push_back({"worst_group", "Worst group", "", "", {}, false, false, false, true});
  for (const Model& model : evidence.models()) {
    const Record* run = evidence.run_of(model.name);
    table.rows.push_back(accuracies(model_row(evidence, model), run, evidence.why_missing(model.name), groups));
  }
  if (evidence.constant && evidence.constant->usable()) {
    table.rows.push_back(accuracies(constant_row(), &*evidence.constant, "", groups));
  }
  section.blocks.emplace_back(std::move(table));
  if (auto figure = group_accuracy_figure(evidence, groups)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
