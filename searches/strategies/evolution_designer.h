#pragma once

#include <cstddef>
#include <cstdint>

#include "searches/core/best.h"
#include "searches/core/designer.h"
#include "searches/spaces/cnn/space.h"

namespace flnas::searches {

struct EvolutionConfig {
  std::size_t population = 5;  ///< the last designs that were evaluated; older ones have died
  std::size_t tournament = 2;  ///< of the population, drawn with replacement; the best of them becomes a parent
  double crossover = 0.25;     ///< probability of a child of two parents, before it is mutated

  /// A quarter of the budget, 4 to 50, so that most of the designs are children.
  static EvolutionConfig for_budget(int designs);
};

/// Regularised evolution: random designs until the population is full, then each proposal is a mutation of a
/// tournament's winner, and each evaluated design pushes out the oldest one, however good.
/// Source: Real, Aggarwal, Huang, Le, Regularized Evolution for Image Classifier Architecture Search, AAAI 2019.
/// Differs: the search's BestRule decides tournaments instead of accuracy; crossover; small populations.
class EvolutionDesigner : public Designer {
 public:
  EvolutionDesigner(Choices choices, EvolutionConfig config, BestRule rule, std::uint64_t seed);

  /// The memo is {"parents": [names]}; empty for a random design.
  Answer propose(const History& history, int round, int attempt) override;

 private:
  Choices choices_;
  EvolutionConfig config_;
  BestRule rule_;
  std::uint64_t seed_;
};

}  // namespace flnas::searches
