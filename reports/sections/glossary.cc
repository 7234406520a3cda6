#include "reports/data/own_study.h"
#include "reports/data/people.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

namespace {

/// Marks that set a figure beside the paper's.
bool is_of_paper(Mark mark) {
  switch (mark) {
    case Mark::kWithin:
    case Mark::kDiffers:
    case Mark::kNotComparable:
    case Mark::kExact:
    case Mark::kApproximate:
      return true;
    default:
      return false;
  }
}

}  // namespace

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
    if (is_of_paper(mark) && !beside_paper(inputs)) continue;
    add(mark_name(mark), mark_name(mark), mark_meaning(mark));
  }
  add("unit", "unit",
      "what a split keeps whole and the intervals resample" +
          (inputs.has_reproduction() ? ": here the " + unit_word(inputs) : std::string()) + "; " +
          example_word(inputs) + "s of one unit are not independent");
  if (!inputs.searches.empty()) {
    add("best", "best design",
        "of those whose balanced accuracy reaches the floor, a tenth above chance, and lies within two standard errors "
        "of the highest, the one of least Unfairness; of those within one standard error of that, the one of fewest "
        "MACs. Where none reaches the floor, the one of highest balanced accuracy. Searches of earlier versions had "
        "fixed tolerances in place of standard errors");
  }
  add("evaluation budget", "evaluation budget", "how many architectures a search may evaluate");
  add("execution mode", "execution mode", "how libtorch runs a model: eager, frozen, optimised, cuda-graph");
  add("strategy", "strategy", "what proposes architectures in a search, with or without a language model");
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
