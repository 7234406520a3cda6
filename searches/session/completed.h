#pragma once

#include "searches/session/request.h"

namespace flnas::searches {

/// The request with its space, evaluator, budget and the like filled in. Throws ConfigError for an unknown space or
/// evaluator, a flag that they do not take, and what is missing or out of range.
SearchRequest completed(const SearchRequest& request);

}  // namespace flnas::searches
