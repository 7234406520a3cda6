#pragma once

#include <map>
#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/spaces/autoformer/autoformer_space.h"

namespace flnas::searches {

/// What a record says of the subnets that were evaluated, in that order:
///
///     {"niches": [{"name", "evaluated", "archive": not dominated within the niche, "front": not dominated at all}],
///      "front": the points that no other dominates, by latency,
///      "points": [{"subnet", "niche", "parameters", "macs", "latency_ms", "mistrust", "proxies", "accuracy"}]}
///
/// `accuracies` by subnet's text; a subnet that is not there has null. Throws DataError where an evaluation's subnet
/// was never proposed.
Json summarise_subnets(const AutoFormerSearchSpace& space, const History& history,
                       const std::vector<std::string>& proxies, const std::map<std::string, double>& accuracies);

}  // namespace flnas::searches
