#pragma once

#include <string>
#include <vector>

#include "harness/base/text_table.h"
#include "harness/records/comparison_record.h"
#include "harness/records/search_record.h"
#include "searches/core/archive.h"
#include "searches/core/best.h"

namespace flnas::searches {

/// The summary of a history for search.json.
SearchSummary summarise(const History& history, const BestRule& rule);

/// The rule by which a search's best design was chosen, from its record.
BestRule rule_of(const SearchSummary& summary);

/// The rule's verdict on each design (best.h), in the order of the trajectory; "failed" for one without figures.
std::vector<std::string> design_verdicts(const SearchSummary& summary);

/// A table of the designs, the best one and the counts, for a terminal.
std::string summary_text(const SearchSummary& summary, const TableForm& form = {});

/// Why a configuration that asks a language model is not measured.
inline constexpr char kNoAnswer[] = "no language model answered";

/// One of several searches at the same budget: a configuration with a seed.
struct ComparedSearch {
  std::string configuration;
  std::uint64_t seed = 0;
  History history;
  Json test;             ///< metrics of its best design on the test subset, or null
  bool finished = true;  ///< used its budget up
  std::string reason;    ///< why not
  bool asks = false;     ///< its strategy asks a language model, or whoever answers in its place
};

/// Configurations side by side, with every search cut to the smallest budget of a finished one (if none finished, of
/// one that evaluated anything). Differences to the first configuration are paired by seed.
Comparison compare(const std::vector<ComparedSearch>& searches, const BestRule& rule);

/// Tables for a terminal: the best designs, their differences to the first configuration, the proposals; a
/// configuration without a language model behind it, where there should be one, is `not measured` in them.
std::string comparison_text(const Comparison& comparison, const TableForm& form = {});

}  // namespace flnas::searches
