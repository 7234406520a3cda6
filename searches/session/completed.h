#pragma once

#include "searches/problem/request.h"

namespace flnas::searches {

/// The request with its space, budget and the like filled in. Throws ConfigError for an unknown space or evaluator, a
/// flag that is for another space, and what is missing or out of range.
SearchRequest completed(const SearchRequest& request);

}  // namespace flnas::searches
