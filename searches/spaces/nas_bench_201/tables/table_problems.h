#pragma once

#include <memory>
#include <string>

#include "harness/records/nas_search.h"
#include "searches/problem/problem.h"
#include "searches/spaces/nas_bench_201/tables/table_settings.h"

namespace flnas::searches {

inline constexpr char kRanksFile[] = "predicted_ranks.bin";  ///< see predicted_ranks.h

/// NAS-Bench-201's tables as problems, one for each data set and device:
///
///     tables -> predictors (data set x seed) -> TableProblem, one after the other -> OUT/searches/*.jsonl
///         -> OUT/nas_search.json, OUT/predicted_ranks.bin
///
/// It keeps a reference to the plan. Throws ConfigError for unknown names, a budget that the predictor uses up, and
/// where OUT holds searches of other settings; what the tables throw passes through.
std::unique_ptr<ProblemSet> open_tables(const SearchPlan& plan);

/// Whether a request names tables.
bool has_tables(const CommonRequest& request);

/// Hypervolume and IGD per strategy, for a terminal.
std::string table_search_text(const NasSearchRecord& record, const TableForm& form);

}  // namespace flnas::searches
