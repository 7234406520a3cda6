#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/base/json.h"
#include "searches/core/archive.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

// Designs and their results in words, for FL-NAS's prompt. `parts`: what may be told; nothing else hints at the rest.

/// Every figure of a design, with what is estimated marked as such.
std::string metrics_text(const Evaluation& design, const PromptParts& parts);

/// A line for each group, at most 12: accuracy, rows, of up to three classes their recall and rows, and what the group
/// adds to Unfairness.
std::string groups_text(const Evaluation& design, const PromptParts& parts);

/// "'young' (25.99 % of 177 images)": the weakest of the groups that have support (metrics/rates/support.h); blank
/// where none has.
std::string worst_group_text(const Evaluation& design);

/// By how much figures differ without meaning anything; blank where no standard errors are known. `repeated`: it is
/// told elsewhere how much another training changes.
std::string noise_text(const Evaluation& design, std::int64_t images, const PromptParts& parts, bool repeated);

/// What a group adds to the sum that Unfairness is; none without rows enough for its accuracy to count
/// (metrics/rates/support.h) and of rows whose group is unknown.
std::optional<double> unfairness_term(const GroupScore& group, const DesignScores& scores);

}  // namespace flnas::searches
