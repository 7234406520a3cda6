#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/records/proxy_search.h"
#include "searches/core/archive.h"

namespace flnas::searches {

/// What a record says of the designs that were evaluated. `accuracies` by design's text; one that is not there has
/// none. Throws DataError where an evaluation's design was never proposed.
ProxySummary summarise_proxies(const SearchSpace& space, const History& history,
                               const std::vector<std::string>& proxies,
                               const std::map<std::string, double>& accuracies);

}  // namespace flnas::searches
