#include "reports/document/inline.h"
#include "reports/sections/sections.h"
#include "reports/sections/unit_word.h"

namespace flnas::reports {

void add_glossary(const ReportInputs& inputs, Section& section) {
  Table table{.id = "glossary",
              .title = "Terms",
              .caption = "Marks of cells and rows, and words that have a fixed meaning in these pages.",
              .row_title = "Term"};
  table.columns.push_back({.key = "meaning", .title = "Meaning", .words = true});
  const auto add = [&](const std::string& key, const std::string& term, const std::string& meaning) {
    table.rows.push_back({.key = key, .label = strong(term), .cells = {words(capitalised(meaning) + ".")}});
  };
  for (int i = 1; i <= static_cast<int>(kLastMark); ++i) {
    const Mark mark = static_cast<Mark>(i);
    add(mark_name(mark), mark_name(mark), mark_meaning(mark));
  }
  add("unit", "unit",
      "what a split keeps whole and the intervals resample: here the " + unit_word(inputs) +
          "; images of one unit are not independent");
  add("evaluation budget", "evaluation budget", "how many architectures a search may evaluate");
  add("execution mode", "execution mode", "how libtorch runs a model: eager, frozen, optimised, cuda-graph");
  add("strategy", "strategy", "what proposes architectures in a search, with or without a language model");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
