#pragma once

#include <exception>
#include <vector>

#include "searches/problem/problem.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// How an arm ended.
struct SearchEnd {
  Json record;
  std::exception_ptr failure;  ///< set where no server replied; the same command goes on later
};

/// Runs or continues a search in its folder:
///
///     record (status running) -> turns: ARM/archive.jsonl -> what the problem adds -> record (finished or stopped)
///
/// A search in a folder that holds an unfinished one continues it; a finished one is only summarised again. A server's
/// replies are kept in ARM/exchanges.jsonl, or in the file of --record: nothing is paid for twice. `command` repeats
/// the search. Throws ConfigError where the folder holds another search.
SearchEnd run_arm(const SearchRequest& request, const Problem& problem, const SearchArm& arm, Evaluator& evaluator,
                  const std::string& command);

/// Throws ConfigError or DataError where an arm's strategy lacks something, or its language model cannot work; before
/// anything is evaluated.
void require_possible(const SearchRequest& request, const std::vector<SearchArm>& arms);

}  // namespace flnas::searches
