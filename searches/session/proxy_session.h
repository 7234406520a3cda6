#pragma once

#include <string>

#include "searches/session/request.h"

namespace flnas::searches {

inline constexpr char kProxySearchFile[] = "transformer_search.json";

/// One search of a space of vision transformers; writes and returns OUT/transformer_search.json:
///
///     subnet -> built -> proxies, latency -> OUT/archive.jsonl -> niches, front
///
/// The same command goes on where a killed one stopped: what is in the archive is not measured again, and a server's
/// replies are in OUT/exchanges.jsonl. Throws ConfigError for unknown names and values, and where OUT holds a search
/// with other settings.
Json run_proxy_search(const SearchRequest& request, const std::string& command);

/// The front, for a terminal.
std::string proxy_search_text(const Json& record);

}  // namespace flnas::searches
