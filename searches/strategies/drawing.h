#pragma once

#include <optional>
#include <vector>

#include "harness/base/random.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {

/// The random numbers of a strategy. If evaluations are cheap, one generator serves the whole search; if they are
/// costly, each attempt of a round has its own, derived from the seed, so that it does not depend on what came before.
class Drawing {
 public:
  explicit Drawing(const StrategyContext& context);

  bool is_costly() const { return is_costly_; }
  Random& random(const Turn& turn);

  /// A candidate of the niche (kAnywhere: of the space). Where evaluations are costly the whole space is drawn from
  /// once: what is invalid or known is refused by the search, and counted. Else, and of niches, one that is valid, was
  /// not evaluated yet and is none of `others`, by a bounded number of draws.
  std::optional<Candidate> sample(const Archive& archive, int niche, Random& random,
                                  const std::vector<Candidate>& others = {}) const;

 private:
  const SearchSpace& space_;
  bool is_costly_;
  std::uint64_t seed_;
  Random random_;
};

/// The proposal of a candidate, or of nothing.
std::vector<Proposal> only(std::optional<Candidate> candidate, Json state = nullptr);

/// {"parents": [names]}; null where the archive has no file.
Json parents_state(const Archive& archive, const std::vector<Candidate>& parents);

}  // namespace flnas::searches
