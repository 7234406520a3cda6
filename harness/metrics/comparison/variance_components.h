#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// The sources of a figure's variation: standard deviations with their 95 % intervals, in the figure's unit; NaN: not
/// identifiable with this layout.
struct VarianceComponents {
  Estimate architecture;  ///< between architectures
  Estimate fold;          ///< between folds (which lesions are tested and which are trained on)
  Estimate interaction;   ///< of architecture and fold; NaN with one seed
  Estimate training;      ///< between seeds; with one seed, together with the interaction
  Estimate architecture_less_training, architecture_less_fold;  ///< differences of standard deviations
};

/// values[architecture][fold][seed], with equal numbers of folds and seeds: a two-way layout of random effects with
/// seeds as replicates (each fold of a seed is a training of its own). One fold gives a one-way layout. Components are
/// estimated by analysis of variance, negative ones taken as 0. Intervals are generalised confidence intervals: mean
/// squares divided by draws of chi-squared variables over their degrees of freedom, put through the same formulas. In
/// the draws of differences a negative component keeps its sign, as does its root: with a cut at 0 the intervals would
/// be shifted upwards and cover 90 % where the architectures do not differ.
/// NaN with fewer than two architectures, or with one fold and one seed. Throws DataError if the layout is incomplete.
/// Sources: Searle, Casella and McCulloch, Variance Components, 1992, chapter 4; Weerahandi, JASA 88, 1993; simulated
/// coverage: tests/metrics/comparison/variance_components_test.cc.
VarianceComponents variance_components(const std::vector<std::vector<std::vector<double>>>& values, int draws = 4000,
                                       std::uint64_t seed = 20190103);

}  // namespace flnas::metrics
