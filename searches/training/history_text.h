#pragma once

#include <string>

#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/llm/prompt.h"
#include "searches/training/space_words.h"

namespace flnas::searches {

/// Earlier designs in words, for FL-NAS's prompt. Blank texts where there is nothing to tell, or `parts` leave it out.
struct HistoryText {
  /// A design in a line, in the order of the search: how it stands by the rule, what it is made of, and its figures or
  /// why it failed.
  std::string lines;
  std::string marks;    ///< what the words for a design's standing mean
  std::string columns;  ///< what the figures are
  /// A line that names the groups with their images, then one for each design: the accuracy in each group, and where
  /// groups and classes are few its recalls there.
  std::string groups;
  std::string note;  ///< how many of how many are told, where it is not all
};

/// The six best designs and the six latest ones, those that failed too, as many as fit into 3,000 characters; at most
/// 12 groups.
HistoryText history_text(const History& history, const BestRule& rule, const PromptParts& parts,
                         const DesignBrief& brief);

/// The rule as numbers: from which balanced accuracy on a design counts, and up to which Unfairness those that count
/// are equally fair. Blank before the first usable evaluation, and without the metrics part.
std::string rule_limits_text(const History& history, const BestRule& rule, const PromptParts& parts);

}  // namespace flnas::searches
