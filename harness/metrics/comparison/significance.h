#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/intervals/bootstrap.h"

namespace flnas::metrics {

/// McNemar's exact test: the two-sided probability of discordant rows at least as one-sided as these if both
/// classifiers are equally accurate. `only_first`: rows that only the first classifier gets right. 1 without
/// discordant rows.
/// Source: McNemar, Psychometrika 12(2), 1947; exact form: sign test on the discordant rows.
double mcnemar(std::int64_t only_first, std::int64_t only_second);

/// Holm's step-down correction: adjusted p-values in the order of `p`, which control the family-wise error rate at any
/// level. NaN stays NaN and does not count as a test.
/// Source: Holm, Scandinavian Journal of Statistics 6(2), 1979.
std::vector<double> holm(const std::vector<double>& p);

/// Paired differences of two classifiers on the same rows. Both must have been resampled with the same config and
/// lesions, so that each draw took the same lesions for both. Intervals are percentiles; p is twice the smaller share
/// of resamples on either side of 0 (each side counted with one more resample than there were, so that p is never 0).
MetricSet<Difference> difference(const Resampled& first, const Resampled& second, const BootstrapConfig& config);

}  // namespace flnas::metrics
