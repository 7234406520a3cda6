#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_contradictions(const ReportInputs&, Section& section) {
  Table table{
      .id = "contradictions",
      .title = "Where the paper contradicts itself, and how each protocol treats it",
      .caption = "Found by calculation from the published numbers. The protocol of these records is named at the head.",
      .row_title = "Point"};
  table.columns = {{.key = "text", .title = "The text", .words = true},
                   {.key = "numbers", .title = "The numbers", .words = true},
                   {.key = "clean", .title = "clean", .words = true},
                   {.key = "stated", .title = "stated", .words = true},
                   {.key = "inferred", .title = "inferred", .words = true}};
  for (const PaperContradiction& point : fl_nas().contradictions) {
    table.rows.push_back({.key = point.id,
                          .label = point.title,
                          .cells = {words(point.text), words(point.numbers), words(point.clean), words(point.stated),
                                    words(point.inferred)}});
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
