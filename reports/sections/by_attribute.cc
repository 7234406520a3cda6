// Each attribute's fairness beside the total, so that another attribute in the data changes none of these.
#include <fmt/format.h>

#include "harness/base/text.h"
#include "reports/data/all_trainings.h"
#include "reports/data/by_attribute.h"
#include "reports/data/conditions.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 4};

struct Shown {
  const char* key;
  const char* title;
  Cell AttributeFairness::*cell;
};
constexpr Shown kShown[] = {{"unfairness_sum", "Unfairness, sum", &AttributeFairness::unfairness_sum},
                            {"eodd", "EODD", &AttributeFairness::eodd},
                            {"eopp1", "EOPP1", &AttributeFairness::eopp1},
                            {"eopp2", "EOPP2", &AttributeFairness::eopp2}};

std::string panel_of(const AttributeFairness& entry) {
  const std::string unknown = entry.unknown == 0 ? ""
                                                 : fmt::format("; unknown: {} of {}", with_thousands(entry.unknown),
                                                               with_thousands(entry.rows));
  return fmt::format("{}: {}{}", entry.attribute, entry.groups, unknown);
}

}  // namespace

void add_fairness_by_attribute(const ReportInputs& inputs, Section& section) {
  Table table{
      .id = "by_attribute",
      .title = "Fairness by attribute",
      .caption =
          "Each attribute alone, then all of them together as in Table I, over all trainings of a model. Images "
          "whose group is unknown count in the accuracy of all, and in no group of that attribute.",
      .row_title = "Model"};
  for (const Model& model : inputs.models()) {
    const auto entries = fairness_by_attribute(inputs, model.name);
    if (entries.size() < 2) continue;  // one attribute is the total
    Row row = model_row(inputs, model);
    mark_not_converged(inputs, model.name, row);
    for (const AttributeFairness& entry : entries) {
      for (const Shown& shown : kShown) row.cells.push_back(entry.*shown.cell);
    }
    for (const Shown& shown : kShown) row.cells.push_back(over_trainings(inputs, model.name, metric_named(shown.key)));
    if (table.columns.empty()) {
      const auto add = [&](const std::string& prefix, const std::string& panel) {
        for (const Shown& shown : kShown) {
          table.columns.push_back({.key = prefix + shown.key,
                                   .title = shown.title,
                                   .note = "lower is fairer",
                                   .panel = panel,
                                   .format = kShare,
                                   .interval = true});
        }
      };
      for (const AttributeFairness& entry : entries) add(entry.attribute + "_", panel_of(entry));
      add("", "All attributes together");
    }
    if (row.cells.size() == table.columns.size()) table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
