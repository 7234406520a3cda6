#pragma once

#include <memory>

#include "searches/problem/problem.h"
#include "searches/proxies/network_space.h"

namespace flnas::searches {

/// Networks, judged by zero-cost proxies and by latency or multiply-accumulates:
///
///     member -> built -> proxies, latency -> OUT/archive.jsonl -> niches, front in OUT/proxy_search.json
///
/// Where members can be written as files (NetworkSpace::write), those of the front are in OUT/front, and the one with
/// the highest first proxy in OUT/best.json. Throws ConfigError for unknown names and values.
std::unique_ptr<ProblemSet> open_proxies(const SearchPlan& plan, NetworkSpace networks);

}  // namespace flnas::searches
