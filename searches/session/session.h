// `flnas search` as functions: a request in, a result out. It knows every space and strategy by their tables, and
// prints nothing but progress.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/verification/verify.h"
#include "searches/problem/problem.h"
#include "searches/session/request.h"

namespace flnas::searches {

/// Runs or continues one search in its folder. Throws ConfigError for what is wrong with the request, or lacking; what
/// kept a server from replying passes through: the same command goes on later.
SearchResult run_one_search(const SearchRequest& request);

/// All strategies with all seeds, and what compares them.
SearchResult compare_searches(const CompareRequest& request);

SearchResult ablate(const AblateRequest& request);

/// Recomputes every search at or below a folder. `adapter`, `tables`: in place of those that the records name, or
/// blank.
void verify_all_searches(Verification& found, const std::filesystem::path& folder, const std::string& adapter,
                         const std::filesystem::path& tables);

/// {"name", "holds", "evaluators": [...], "needs": [...]} of each space.
Json list_spaces();
/// {"name", "title", "source", "needs": [...]} of each strategy.
Json list_strategies();

/// The command that repeats a search.
std::string search_command(const SearchRequest& request);

}  // namespace flnas::searches
