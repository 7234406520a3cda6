#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "searches/core/archive.h"

namespace flnas::searches {

/// A proposal of a strategy.
struct Proposal {
  std::optional<Candidate> candidate;
  std::vector<std::string> problems;  ///< why there is no candidate
  bool readable = true;               ///< false: nothing could be read; true without a candidate: it breaks a schema
  Json strategy_state;                ///< what the strategy notes of it in the archive; null where it has no file
  double seconds = 0;                 ///< spent waiting for a reply
  /// Candidates that were drawn before this one and passed over, since they had been evaluated: they count as
  /// proposals. 0 where proposals are listed: in an archive with a file, and where they are paid for.
  int passed_over = 0;
};

/// A strategy's turn.
struct Turn {
  const Archive& archive;
  int round = 1;         ///< from 1
  int attempt = 1;       ///< from 1; before a later one, the last proposal that the archive lists was refused
  std::size_t left = 0;  ///< of the evaluation budget
};

/// A reply that was paid for and could not be used, as the archive keeps it.
class LostReply : public RemoteError {
 public:
  LostReply(const std::string& message, Json state, double waited)
      : RemoteError(message), strategy_state(std::move(state)), seconds(waited) {}
  Json strategy_state;
  double seconds;
};

/// A search strategy (ask and tell). Everything that it does is a function of its settings, its seed and what it is
/// told, so that a search that is run again makes the same proposals. It does not know files, budgets of money or how
/// candidates are evaluated.
class SearchStrategy {
 public:
  virtual ~SearchStrategy() = default;

  /// One proposal or several, which are checked and evaluated in order as far as the budget allows; none if nothing new
  /// can be found. Throws RemoteError or ConfigError if no server replies.
  virtual std::vector<Proposal> ask(const Turn& turn) = 0;

  /// After each evaluation.
  virtual void tell(const Evaluation&) {}

  /// Whether a proposal costs money or a person's time; if so, each is written to disk at once.
  virtual bool is_paid() const { return false; }

  /// Turns without a valid proposal after which a round is given up, where the strategy knows better than the search's
  /// limits.
  virtual std::optional<int> attempts() const { return std::nullopt; }
};

}  // namespace flnas::searches
