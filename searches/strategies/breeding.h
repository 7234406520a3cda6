#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "searches/core/front.h"
#include "searches/strategies/drawing.h"

namespace flnas::searches {

/// Children of a niche without a language model: mutations and crossovers of the members of its Pareto archive, drawn
/// again until one is new, valid and of the niche; where many draws fail, a random member of the niche.
class Breeding {
 public:
  /// Its references have to outlive it.
  Breeding(const SearchSpace& space, const Drawing& drawing, const Archive& archive, int niche, const Front& front)
      : space_(space), drawing_(drawing), archive_(archive), niche_(niche), front_(front) {}

  /// Up to `wanted` different ones; fewer where the niche has no more. With probability 1/2, where there are two
  /// parents, a crossover.
  std::vector<Candidate> children(std::size_t wanted, Random& random) const;

  struct BredChild {
    std::optional<Candidate> candidate;
    std::vector<Candidate> parents;  ///< none for a random one
  };
  /// One child, in the order of draws that searches with costly evaluations have had from the first: both parents, in
  /// the order of their evaluation, come before the choice of an operator.
  BredChild child_of_two_parents(Random& random) const;

 private:
  bool fits(Candidate candidate) const;

  const SearchSpace& space_;
  const Drawing& drawing_;
  const Archive& archive_;
  int niche_;
  const Front& front_;
};

}  // namespace flnas::searches
