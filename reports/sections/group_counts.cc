#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_group_counts(const Evidence& evidence, Section& section) {
  if (!evidence.statistics) return;
  const Record& statistics = *evidence.statistics;
  const Json& counts = statistics.at("/counts");
  if (!counts.is_object() || counts.empty()) return;
  Table table{
      "group_counts",
      "Test images by group and class",
      "What every rate of a group is taken from. Rows of unknown sex or age stand in no group of that attribute.",
      "Group",
      {},
      {}};
  for (const auto& [name, unused] : counts.begin()->items()) {
    table.columns.push_back({name, without_controls(name), "images", "", {0, 1, true}});
  }
  for (const auto& [group, classes] : counts.items()) {
    Row row{group, without_controls(group), {}, "", "", {}};
    for (const Column& column : table.columns) {
      Cell cell = measured(&statistics, "/counts/" + pointer_step(group) + "/" + pointer_step(column.key), "");
      if (cell.value && *cell.value < kSmallCount) cell.mark = Mark::kSmall;
      row.cells.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
