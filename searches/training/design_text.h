#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "harness/base/json.h"
#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// A design in a line, as its space writes it.
using DesignBrief = std::function<std::string(const Json& design)>;

// Designs and their results in words, for FL-NAS's prompt. `parts`: what may be told; nothing else hints at the rest.

/// Every figure of a design, with what is estimated marked as such.
std::string metrics_text(const Evaluation& design, const PromptParts& parts);

/// A line for each group, at most 12: accuracy, rows, and of up to three classes their recall and rows.
std::string groups_text(const Evaluation& design);

/// "'young' (25.99 % of 177 images)": the weakest of the groups that have support (metrics/support.h); blank where none
/// has.
std::string worst_group_text(const Evaluation& design);

/// By how much figures differ without meaning anything; blank where no standard errors are known.
std::string noise_text(const Evaluation& design, std::int64_t images, const PromptParts& parts);

/// Earlier designs. Blank texts where there is nothing to tell.
struct HistoryText {
  std::string lines;    ///< a design in a line with its figures, or why it failed; in the order of the search
  std::string columns;  ///< what the figures are
  std::string note;     ///< how many of how many are told, where it is not all
};

/// The six best designs and the six latest ones, those that failed too, as many as fit into 3,000 characters.
HistoryText history_text(const History& history, const BestRule& rule, const PromptParts& parts,
                         const DesignBrief& brief);

}  // namespace flnas::searches
