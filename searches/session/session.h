// `flnas search` as functions from a request to a result. They know every space and strategy from the tables of these,
// and print only progress.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "searches/problem/problem.h"
#include "searches/session/request.h"

namespace flnas::searches {

/// Runs or continues one search in its folder; `form` is of the tables in the result's text. Throws ConfigError for
/// what is wrong with the request, or lacking; what kept a server from replying passes through: the same command goes
/// on later.
SearchResult run_one_search(const SearchRequest& request, const TableForm& form = {});

/// All strategies with all seeds, and what compares them.
SearchResult compare_searches(const CompareRequest& request, const TableForm& form = {});

SearchResult ablate(const AblateRequest& request, const TableForm& form = {});

/// {"name", "holds", "evaluators": [...], "needs": [...]} of each space.
Json list_spaces();
/// {"name", "title", "source", "needs": [...]} of each strategy.
Json list_strategies();

/// {"name", "title", "better": "lower is better", "unit", "is", "interval"} of each metric that --objectives may name.
Json list_objectives();

/// The command that repeats a search.
std::string search_command(const SearchRequest& request);

}  // namespace flnas::searches
