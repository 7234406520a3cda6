#pragma once

#include <memory>
#include <string>

#include "searches/problem/problem.h"
#include "searches/problem/request.h"

namespace flnas::searches {

inline constexpr char kProxySearchFile[] = "transformer_search.json";

/// Vision transformers, judged by zero-cost proxies and latency:
///
///     subnet -> built -> proxies, latency -> OUT/archive.jsonl -> niches, front in OUT/transformer_search.json
///
/// Throws ConfigError for unknown names and values.
std::unique_ptr<Problem> make_proxy_problem(const SearchRequest& request, const std::string& command);

}  // namespace flnas::searches
