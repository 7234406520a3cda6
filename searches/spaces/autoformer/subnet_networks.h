#pragma once

#include <memory>

#include "searches/problem/problem.h"
#include "searches/spaces/autoformer/subnet_settings.h"

namespace flnas::searches {

/// Vision transformers by zero-cost proxies and latency (searches/proxies), of this machine where no target is asked
/// for.
std::unique_ptr<ProblemSet> open_subnet_networks(const SearchPlan& plan);

/// The space of such a search, from its record's settings.
std::shared_ptr<const SearchSpace> recorded_subnet_space(const Json& settings);

}  // namespace flnas::searches
