#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_contradictions(const Evidence&, Section& section) {
  Table table{"contradictions",
              "Where the paper contradicts itself, and how each protocol treats it",
              "Found by calculation from the published numbers. The protocol of these records is named at the head.",
              "Point",
              {},
              {}};
  table.columns = {{"text", "The text", "", "", {}, false, false, false, true},
                   {"numbers", "The numbers", "", "", {}, false, false, false, true},
                   {"clean", "clean", "", "", {}, false, false, false, true},
                   {"stated", "stated", "", "", {}, false, false, false, true},
                   {"inferred", "inferred", "", "", {}, false, false, false, true}};
  for (const PaperContradiction& point : fl_nas().contradictions) {
    table.rows.push_back(
        {point.id,
         point.title,
         {},
         "",
         "",
         {words(point.text), words(point.numbers), words(point.clean), words(point.stated), words(point.inferred)}});
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
