#pragma once

#include <string>
#include <vector>

#include "searches/session/request.h"

namespace flnas::searches {

/// The names of the spaces whose own settings hold the most of those that differ from their defaults; none where
/// nothing differs.
std::vector<std::string> spaces_meant(const SearchRequest& request);

/// Throws ConfigError for a field that differs from its default and that the request's space and evaluator do not take
/// (EvaluatorEntry), or that is for another strategy where the request names one.
void require_flags_of(const SearchRequest& request);

}  // namespace flnas::searches
