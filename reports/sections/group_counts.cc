#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_group_counts(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics) return;
  const auto counts = inputs.statistics->at(&StatisticsRecord::counts);
  if (counts->empty()) return;
  Table table{.id = "group_counts",
              .title = "Test images by group and class",
              .caption =
                  "What every rate of a group is taken from. Images whose group is unknown stand in no group of that "
                  "attribute.",
              .row_title = "Group"};
  for (const auto& [name, unused] : counts->begin()->second) {
    table.columns.push_back({.key = name, .title = name, .note = "images", .format = {.digits = 0, .thousands = true}});
  }
  for (const auto& [group, unused] : *counts) {
    Row row{.key = group, .label = group};
    for (const Column& column : table.columns) {
      Cell cell = measured(counts[group][column.key]);
      if (cell.value && *cell.value < kSmallCount) cell.mark = Mark::kSmall;
      row.cells.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
