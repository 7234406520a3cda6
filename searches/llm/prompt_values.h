#pragma once

#include <map>
#include <string>
#include <vector>

#include "searches/llm/prompt.h"

namespace flnas::searches {

/// The names that a prompt's template may use.
const std::vector<std::string>& prompt_names();

/// A design in a line: "16k3s1 batch relu max; 32k3s1 relu; flatten 64" is two stages (channels, kernel, stride, and
/// what else they are made of) and the head.
std::string design_brief(const Json& design);

/// Their texts; a part that is left out, or has nothing to tell yet, is empty.
std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history);

}  // namespace flnas::searches
