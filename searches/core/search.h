#pragma once

#include <exception>
#include <functional>
#include <string>

#include "searches/core/archive.h"
#include "searches/core/designer.h"
#include "searches/core/evaluator.h"
#include "searches/spaces/cnn/validator.h"

namespace flnas::searches {

struct SearchConfig {
  int iterations = 10;         ///< the budget: distinct valid designs that are evaluated (the paper's IterMax)
  int attempts = 10;           ///< proposals in a round before it is given up, for designers that are paid
  int free_attempts = 10'000;  ///< the same for the others
  int failed_rounds = 3;       ///< given up in a row, after which the search ends
};

/// What has been done, for progress and records.
struct SearchCounts {
  int rounds = 0;
  int evaluated = 0;    ///< distinct valid designs: what the budget counts
  int untrainable = 0;  ///< of these, those whose training failed
  int proposals = 0;
  int invalid = 0, repeated = 0, unreadable = 0;
  int retries = 0;   ///< proposals after the first one of their round
  int given_up = 0;  ///< rounds without a valid proposal

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("rounds", self.rounds), visit("evaluated", self.evaluated), visit("untrainable", self.untrainable);
    visit("proposals", self.proposals), visit("invalid", self.invalid), visit("repeated", self.repeated);
    visit("unreadable", self.unreadable), visit("retries", self.retries), visit("given_up", self.given_up);
  }
};
SearchCounts count(const History& history);

struct SearchOutcome {
  std::string reason;             ///< why it ended before the budget was used up; blank otherwise
  std::exception_ptr failure;     ///< set where it ended because nobody answered the designer: it may go on later
  double waiting_seconds = 0;     ///< for designers, in this call
  double evaluating_seconds = 0;  ///< in this call
  double overhead_seconds = 0;    ///< all the rest of this call
};

/// FL-NAS's loop (Algorithm 1), whoever the designer is:
///
///     round: designer -> validator -> (refused: the broken rules go back, up to `attempts`) -> evaluator -> archive
///
/// Starts from what the archive holds, in the middle of a round too, and repeats nothing. `on_evaluation` is called
/// after each evaluation. A designer's RemoteError or ConfigError ends the search and is its `failure`; exceptions of
/// other kinds, and the evaluator's, pass through. What was finished, or paid for, is kept.
SearchOutcome run_search(Designer& designer, const Validator& validator, Evaluator& evaluator, Archive& archive,
                         const SearchConfig& config, const std::function<void(const Evaluation&)>& on_evaluation);

}  // namespace flnas::searches
