#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>

#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/core/search_strategy.h"

namespace flnas::searches {

struct SearchLimits {
  std::size_t budget = 10;     ///< distinct valid candidates that are evaluated (FL-NAS's IterMax)
  int attempts = 10;           ///< turns in a round before it is given up, for strategies that are paid
  int free_attempts = 10'000;  ///< the same for the others
  int failed_rounds = 3;       ///< given up in a row, after which the search ends
  /// Candidates whose evaluation was paid for before the search began, such as those that a predictor was trained on.
  /// Strategies and the archive get them like any other, but they use no budget. Empty: there are none.
  std::function<bool(Candidate)> is_known = {};
  std::size_t most = SIZE_MAX;  ///< evaluations, known ones included: the members that the space has
};

/// The state of a search, for progress and records. Repetitions that are not listed do not count as retries.
SearchCounts count(const History& history);

struct SearchOutcome {
  std::string reason;             ///< why it ended before the budget was used up; blank otherwise
  std::exception_ptr failure;     ///< set if it ended because no server replied; it can be continued later
  int turns = 0;                  ///< of the strategy, those that were replayed included
  double waiting_seconds = 0;     ///< for replies, in this call
  double evaluating_seconds = 0;  ///< in this call
  double overhead_seconds = 0;    ///< all the rest of this call
};

/// The loop of every search (FL-NAS, Algorithm 1):
///
///     turn: strategy -> verdict -> (refused: the broken rules go back to the strategy) -> evaluator -> archive
///
/// An archive with a file that holds lines is replayed first: nothing in it is evaluated again. `on_evaluation` is
/// called after each evaluation of this call. A strategy's RemoteError or ConfigError ends the search and is its
/// `failure`; exceptions of other kinds, and the evaluator's, pass through. What was finished, or paid for, is kept.
SearchOutcome run_search(
    SearchStrategy& strategy, const SearchSpace& space, Evaluator& evaluator, Archive& archive,
    const SearchLimits& limits, const std::function<void(const Evaluation&)>& on_evaluation = [](const Evaluation&) {});

}  // namespace flnas::searches
