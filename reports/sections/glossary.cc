#include <fmt/format.h>

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
  if (inputs.has_reproduction()) {
    const std::string examples = example_word(inputs) + "s";
    add("protocol", "protocol",
        fmt::format(
            "how {0} are divided. clean: those of one unit stay together, and the epoch is selected on validation "
            "{0} alone; crossfit: the same in folds that together test each once; stated: one by one, as the "
            "paper says; inferred: selected on the test {0}, as its numbers imply, which flatters the figures",
            examples));
    add("debiased", "debiased", "the estimate of a sum of absolute gaps without what sampling noise adds to it");
    add("p", "p",
        "how often chance alone would make a difference as large; corrected by Holm where several are tested");
  }
  if (!inputs.searches.empty() || !inputs.comparisons.empty()) {
    add("macs_spread", "spread of sizes",
        "standard deviation of the logarithm (base 10) of the designs' multiply-accumulates: at 0.3 they differ by a "
        "factor of two, at 1 by a factor of ten");
    add("distinct_share", "new", "share of the readable proposals that the search had not seen before");
    add("invalid_rate", "refused", "share of the proposals that break a rule of the space");
    add("valid_first", "valid at once", "share of the designs asked for whose first reply was a valid one");
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
