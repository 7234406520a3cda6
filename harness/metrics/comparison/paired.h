#pragma once

#include "harness/metrics/comparison/significance.h"
#include "harness/metrics/figures/figures.h"

namespace flnas::metrics {

/// Draws that `comparisons` tests at once need: Holm's smallest p is then a tenth of the level of 5 % or less.
int resamples_for(int comparisons, int least = 2000);

/// McNemar's test with the lesion as the unit: which of two classifiers is right more often. Under the null either
/// answer of a lesion could be either classifier's; the p-value is exact for that, by enumeration of the signs of the
/// lesions' differences in right rows. Where each lesion has one row it is mcnemar().
double mcnemar_by_lesion(const Outcomes& first, const Outcomes& second);

/// Differences of two classifiers on the same rows, of the terms that `support` counts. `first_draws` and
/// `second_draws`: weigh() of both with one config, so that each draw has the same weights for both.
///   p: two-sided, by as many draws that give each lesion's answers of the two at random to one or the other: exact
///   where the classifiers could be exchanged;
///   low, high: the draws' quantiles, moved so that their mean is the value, and at least as far from the value as 95 %
///   of the exchanged draws are from 0, so that an interval without 0 goes with a p below 5 %. Few lesions that are
///   answered differently have too narrow draws alone, which version 2 of the metrics took. NaN where none is: how
///   rarely two classifiers differ that never did is not told.
MetricSet<Difference> paired_difference(const Outcomes& first, const Outcomes& second, const Support& support,
                                        const Resampled& first_draws, const Resampled& second_draws,
                                        Rules rules = Rules::kNewest);

/// Differences of two classifiers on other rows, from weigh() of both with different seeds. p: of differences of the
/// draws that are as far from their mean as the value is from 0.
MetricSet<Difference> independent_difference(const Resampled& first_draws, const Resampled& second_draws);

}  // namespace flnas::metrics
