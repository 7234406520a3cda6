#pragma once

#include <memory>

#include "searches/problem/problem.h"

namespace flnas::searches {

inline constexpr char kProxySearchFile[] = "transformer_search.json";

/// Vision transformers, judged by zero-cost proxies and latency:
///
///     subnet -> built -> proxies, latency -> OUT/archive.jsonl -> niches, front in OUT/transformer_search.json
///
/// Throws ConfigError for unknown names and values.
std::unique_ptr<ProblemSet> open_proxies(const SearchPlan& plan);

}  // namespace flnas::searches
