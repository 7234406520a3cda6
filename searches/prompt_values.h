#pragma once

#include <map>
#include <string>
#include <vector>

#include "searches/prompt.h"

namespace flnas::searches {

/// The names that a prompt's template may use.
const std::vector<std::string>& prompt_names();

/// Their texts; a part that is left out, or has nothing to tell yet, is empty.
std::map<std::string, std::string> prompt_values(const PromptSetting& setting, const History& history);

}  // namespace flnas::searches
