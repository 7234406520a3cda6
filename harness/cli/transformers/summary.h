#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/registry.h"
#include "searches/spaces/autoformer/transformer_space.h"

namespace flnas::cli {

/// What a record says of the subnets that were evaluated, in that order:
///
///     {"niches": [{"name", "evaluated", "archive": not dominated within the niche, "front": not dominated at all}],
///      "front": the points that no other dominates, by latency,
///      "points": [{"subnet", "niche", "parameters", "macs", "latency_ms", "mistrust", "proxies", "accuracy"}]}
///
/// `accuracies` by subnet's text; a subnet that is not there has null.
Json summarise_subnets(searches::TransformerSpace& space, const std::vector<searches::llmnas::Candidate>& order,
                       const nn::ModelOptions& options, const std::map<std::string, double>& accuracies);

}  // namespace flnas::cli
