// The objectives of a search in words, for FL-NAS's prompt. `parts`: what may be told; without the fairness part no
// objective that is a gap between groups, without the hardware part none that is a cost.
#pragma once

#include <string>

#include "searches/core/objectives.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// "1. Low ECE: expected calibration error in 10 bins ...", a line each, the most important first; blank for none.
std::string objective_lines(const Objectives& objectives, const PromptParts& parts);

/// Those that the prompt does not tell of every design anyway.
Objectives further_objectives(const Objectives& objectives, const PromptParts& parts);

}  // namespace flnas::searches
