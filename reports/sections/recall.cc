#include <algorithm>

#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_recall(const Evidence& evidence, Section& section) {
  std::vector<std::string> classes;
  for (const Record& run : evidence.runs) {
    if (!run.usable() || !run.at("/metrics/recall").is_object()) continue;
    for (const auto& [name, unused] : run.at("/metrics/recall").items()) {
      if (name.find_first_of("/~") == name.npos) classes.push_back(name);
    }
    break;
  }
  if (classes.empty()) return;
  Table table{"class_recall",
              "Recall by class",
              "Share of a class's test images that were recognised, in per cent with its 95 % interval; the interval's "
              "width tells how few images a rare class has.",
              "Model",
              {},
              {}};
  for (const auto& name : classes) {
    const auto size = sample_size(evidence, "/metrics/recall/" + name + "/n");
    table.columns.push_back({name, without_controls(name), size, "", {1, 100, false}, true, true, false, false});
  }
  const auto add = [&](Row row, const Record* run, const std::string& why) {
    for (const auto& name : classes) row.cells.push_back(measured(run, "/metrics/recall/" + name, why));
    table.rows.push_back(std::move(row));
  };
  for (const Model& model : evidence.models()) {
    add(model_row(evidence, model), evidence.run_of(model.name), evidence.why_missing(model.name));
  }
  if (evidence.constant && evidence.constant->usable()) add(constant_row(), &*evidence.constant, "");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
