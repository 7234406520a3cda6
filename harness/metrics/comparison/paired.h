#pragma once

#include "harness/metrics/comparison/significance.h"
#include "harness/metrics/figures/figures.h"

namespace flnas::metrics {

/// The number of draws that `comparisons` simultaneous tests need, so that the smallest possible p after Holm's
/// correction is at most a tenth of 5 %.
int resamples_for(int comparisons, int least = 2000);

/// McNemar's test with the lesion as the unit: whether two classifiers differ in accuracy. Under the null hypothesis
/// the two classifiers' answers to a lesion are exchangeable; the p-value is exact, by enumeration of the signs of the
/// lesions' differences in correct rows. With one row per lesion it is mcnemar().
double mcnemar_by_lesion(const Outcomes& first, const Outcomes& second);

/// Differences of two classifiers on the same rows, of the terms that `support` counts. `first_draws` and
/// `second_draws`: weigh() of both with one config, so that each draw has the same weights for both.
///   p: two-sided, by a permutation test with as many draws, each of which assigns the two answers to each lesion at
///   random to one classifier or the other; exact if the classifiers are exchangeable;
///   low, high: the quantiles of the draws, shifted so that their mean is the value, and at least as far from the value
///   as 95 % of the permuted differences are from 0, so that an interval without 0 implies p below 5 %. The draws
///   alone, which version 2 of the metrics took, are too narrow if few lesions are answered differently. NaN if none
///   is: the sample then does not tell how rarely the classifiers differ.
MetricSet<Difference> paired_difference(const Outcomes& first, const Outcomes& second, const Support& support,
                                        const Resampled& first_draws, const Resampled& second_draws,
                                        Rules rules = Rules::kNewest);

/// Differences of two classifiers on different rows, from weigh() of both with different seeds. p: the share of draws
/// whose difference is as far from the draws' mean as the value is from 0.
MetricSet<Difference> independent_difference(const Resampled& first_draws, const Resampled& second_draws);

}  // namespace flnas::metrics
