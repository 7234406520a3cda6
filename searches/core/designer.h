// Designers: who proposes the next architecture. They do not know training, records or files.
#pragma once

#include <exception>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/spaces/cnn/design.h"

namespace flnas::searches {

/// What a designer answers.
struct Answer {
  Json proposal;  ///< an architecture as harness/nn/architecture/architecture.schema.json has it, or null with
  std::vector<std::string> problems;  ///< the reasons why none could be read
  Json memo;                          ///< what the designer wants to find in the history again
  double seconds = 0;                 ///< spent waiting for somebody else
  /// Set where nobody can answer now, and something was paid for all the same: the memo tells what, `problems` why.
  std::exception_ptr failure;
};

/// Everything that a designer does is a function of its settings, its seed and the history: one that was made anew
/// with the archive of a killed search goes on as if nothing had happened.
class Designer {
 public:
  virtual ~Designer() = default;

  /// Proposes for `round`, from 1. `attempt` 1 is the first one there; before a later one, `history.proposals.back()`
  /// is the attempt that was refused, with the rules that it broke.
  /// Throws RemoteError or ConfigError where nobody can answer and nothing was paid for.
  virtual Answer propose(const History& history, int round, int attempt) = 0;

  /// Whether a proposal costs money or somebody's time: attempts are then few, and each is kept at once.
  virtual bool is_paid() const { return false; }
};

}  // namespace flnas::searches
