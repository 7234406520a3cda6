#pragma once

#include <string>
#include <vector>

#include "harness/records/nas_search.h"
#include "searches/problem/request.h"

namespace flnas::searches {

inline constexpr char kRanksFile[] = "predicted_ranks.bin";  ///< see spaces/nas_bench_201/predicted_ranks.h

/// Searches on tables: runs what is not done yet and writes the record:
///
///     tables -> predictors (data set x seed) -> searches (pair x seed x arm) -> OUT/searches/*.jsonl
///         -> scores -> OUT/nas_search.json, OUT/predicted_ranks.bin
///
/// A killed run goes on with the search that it was at. Exchanges with a server are recorded, by default in
/// OUT/exchanges.jsonl, so that no question is asked twice. `arms`: names as table_arms.h has them; empty: all.
/// `seeds`: searches of each, from the request's seed on. Arms that need somebody to answer and have nobody are `not
/// measured`. Throws ConfigError for unknown names, a budget that the predictor uses up, an arm named that nobody can
/// answer, and where OUT holds searches of other settings; what the tables and the chat throw passes through.
NasSearchRecord run_table_searches(const SearchRequest& request, const std::vector<std::string>& arms, int seeds,
                                   const std::string& command);

/// Hypervolume and IGD per strategy, for a terminal.
std::string table_search_text(const NasSearchRecord& record);

}  // namespace flnas::searches
