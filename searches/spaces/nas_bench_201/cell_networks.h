#pragma once

#include <memory>

#include "searches/problem/problem.h"

namespace flnas::searches {

/// NAS-Bench-201's cells by zero-cost proxies (searches/proxies), without tables: in the network of one data set.
std::unique_ptr<ProblemSet> open_cell_networks(const SearchPlan& plan);

/// The space of such a search, from its record's settings.
std::shared_ptr<const SearchSpace> recorded_cell_space(const Json& settings);

}  // namespace flnas::searches
