#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// How much a figure varies by what: standard deviations with their 95 % intervals, in the figure's unit; NaN: the
/// layout cannot tell.
struct VarianceComponents {
  Estimate architecture;  ///< of the architectures' own means
  Estimate fold;          ///< of what a fold (which lesions are tested, which are learned from) does to all alike
  Estimate interaction;   ///< of what a fold does to one architecture alone; NaN with one seed
  Estimate training;      ///< of another seed; with one seed, that and the interaction, which it cannot tell apart
  Estimate architecture_less_training, architecture_less_fold;  ///< differences of standard deviations
};

/// values[architecture][fold][seed], of as many folds and seeds each: a two-way layout of random effects with as many
/// replicates as seeds (another fold of one seed is another training). One fold gives a one-way layout. Components by
/// the analysis of variance, those below 0 taken as 0; intervals are generalised confidence intervals: mean squares
/// divided by draws of chi-squares over their degrees of freedom, carried through the same formulas. In the draws of
/// differences a component below 0 keeps its sign (its root is below 0 too): cut off at 0 it would move the interval
/// upwards, which then covers 90 % where the architectures do not differ.
/// NaN below two architectures, or with one fold and one seed. Throws DataError where the layout has gaps.
/// Sources: Searle, Casella and McCulloch, Variance Components, 1992, chapter 4; Weerahandi, JASA 88, 1993; simulated
/// coverage: tests/metrics/comparison/variance_components_test.cc.
VarianceComponents variance_components(const std::vector<std::vector<std::vector<double>>>& values, int draws = 4000,
                                       std::uint64_t seed = 20190103);

}  // namespace flnas::metrics
