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
  bool beside;
};
constexpr Shown kShown[] = {{"unfairness_sum", "Unfairness, sum", &AttributeFairness::unfairness_sum, false},
                            {"eodd", "EODD", &AttributeFairness::eodd, false},
                            {"eopp1", "EOPP1", &AttributeFairness::eopp1, true},
                            {"eopp2", "EOPP2", &AttributeFairness::eopp2, true}};

std::string panel_of(const AttributeFairness& entry) {
  const std::string unknown = entry.unknown == 0 ? ""
                                                 : fmt::format("; unknown: {} of {}", with_thousands(entry.unknown),
                                                               with_thousands(entry.rows));
  return fmt::format("{}: {}{}", entry.attribute, entry.groups, unknown);
}

/// The attributes alone; their total stands in Table I.
Table attribute_table(const ReportInputs& inputs, bool beside) {
  Table table{.id = beside ? "by_attribute_others" : "by_attribute",
              .title = beside ? "EOPP1 and EOPP2 by attribute" : "Fairness by attribute",
              .caption =
                  "Each attribute alone, over all trainings of a model; all of them together are Table I's. Images "
                  "whose group is unknown count in the accuracy of all, and in no group of that attribute.",
              .row_title = "Model",
              .beside = beside};
  for (const Model& model : inputs.models()) {
    const auto entries = fairness_by_attribute(inputs, model.name);
    if (entries.size() < 2) continue;  // one attribute is the total
    Row row = model_row(inputs, model);
    mark_not_converged(inputs, model.name, row);
    for (const AttributeFairness& entry : entries) {
      for (const Shown& shown : kShown) {
        if (shown.beside == beside) row.cells.push_back(entry.*shown.cell);
      }
    }
    if (table.columns.empty()) {
      for (const AttributeFairness& entry : entries) {
        for (const Shown& shown : kShown) {
          if (shown.beside != beside) continue;
          table.columns.push_back({.key = entry.attribute + "_" + shown.key,
                                   .title = shown.title,
                                   .note = "lower is fairer",
                                   .panel = panel_of(entry),
                                   .format = kShare,
                                   .interval = true});
        }
      }
    }
    if (row.cells.size() == table.columns.size()) table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_fairness_by_attribute(const ReportInputs& inputs, Section& section) {
  for (const bool beside : {false, true}) {
    if (Table table = attribute_table(inputs, beside); !table.rows.empty()) {
      section.blocks.emplace_back(std::move(table));
    }
  }
}

}  // namespace flnas::reports
