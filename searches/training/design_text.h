#pragma once

#include <string>

#include "harness/nn/registry.h"
#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

// Designs and their results in words, for FL-NAS's prompt. `parts`: what may be told; nothing else hints at the rest.

/// A design in a line: "16k3s1 batch relu max; 32k3s1 relu; flatten 64 dropout 0.2" is two stages (channels, kernel,
/// stride, and what else they are made of) and the head.
std::string design_brief(const Json& design);

/// Every figure of a design, with what is estimated marked as such.
std::string metrics_text(const Evaluation& design, const PromptParts& parts);

/// A line for each group, at most 12: accuracy, rows, and of up to three classes their recall and rows.
std::string groups_text(const Evaluation& design);

/// "'young' (25.99 % of 177 images)": the weakest of the groups that have support (metrics/support.h); blank where none
/// has.
std::string worst_group_text(const Evaluation& design);

/// Parameters and multiply-accumulates of each stage and the head. `classes` and `size` of the options: the search's.
std::string stages_text(const Json& design, const nn::ModelOptions& options);

/// By how much figures differ without meaning anything; blank where no standard errors are known.
std::string noise_text(const Evaluation& design, std::int64_t images, const PromptParts& parts);

/// Earlier designs. Blank texts where there is nothing to tell.
struct HistoryText {
  std::string lines;    ///< a design in a line with its figures, or why it failed; in the order of the search
  std::string columns;  ///< what the figures are
  std::string note;     ///< how many of how many are told, where it is not all
};

/// The six best designs and the six latest ones, those that failed too, as many as fit into 3,000 characters.
HistoryText history_text(const History& history, const BestRule& rule, const PromptParts& parts);

}  // namespace flnas::searches
