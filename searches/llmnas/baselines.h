#pragma once

#include "searches/llmnas/log.h"

namespace flnas::searches::llmnas {

// What LLM-NAS is compared with. Each takes a space of one niche, spends the log's budget, and ends early only where it
// finds no new candidate any more. None of them looks at anything but the log's objectives.

/// Distinct legal candidates, uniformly.
void random_search(Space& space, EvaluationLog& log, Random& random);

/// Regularised evolution: a population of `population` candidates, of which the oldest dies with each child; the winner
/// of a tournament among `tournament` of them is mutated. A child that was evaluated before is drawn again.
/// Source: Real, Aggarwal, Huang, Le, AAAI 2019. Differs: with two objectives and more, each tournament is decided by a
/// weighted sum of the objectives, scaled by the range within the population, with weights drawn uniformly for it.
struct EvolutionSettings {
  std::size_t population = 50;
  std::size_t tournament = 10;  ///< a fifth of it

  /// A sixth of the budget, 10 to 50, so that most candidates are children.
  static EvolutionSettings for_budget(std::size_t budget);
};
void regularised_evolution(Space& space, EvaluationLog& log, Random& random, EvolutionSettings settings = {});

/// NSGA-II: binary tournaments by rank and crowding, crossover with probability 0.9, then always a mutation; the best
/// `population` of parents and children survive.
/// Source: Deb, Pratap, Agarwal, Meyarivan, IEEE TEVC 6(2), 2002. Differs: children that were evaluated before are
/// drawn again.
struct Nsga2Settings {
  std::size_t population = 50;
  double crossover = 0.9;

  /// As EvolutionSettings.
  static Nsga2Settings for_budget(std::size_t budget);
};
void nsga2(Space& space, EvaluationLog& log, Random& random, Nsga2Settings settings = {});

/// Pareto local search: from a few random candidates, all neighbours of a random member of the front that was not
/// visited yet; a new random candidate where all were.
/// Source: Paquete, Chiarandini, Stuetzle, Pareto Local Optimum Sets, 2004; for NAS benchmarks: White et al., UAI 2021.
struct LocalSettings {
  std::size_t starts = 10;
};
void local_search(Space& space, EvaluationLog& log, Random& random, LocalSettings settings = {});

}  // namespace flnas::searches::llmnas
