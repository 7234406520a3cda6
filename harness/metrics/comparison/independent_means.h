#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// The difference of the means of two independent samples, first - second, whose variances may differ, with its 95 %
/// interval and two-sided p by Student's t with the degrees of freedom of the smaller sample. NaN: the value where a
/// sample is empty, the others where one has fewer than two values, or neither varies.
///
/// Of normal values the interval contains the true difference at least 95 % of the time, whatever the variances are
/// (Mickey and Brown); it is wide where the smaller sample has two or three values. Welch's degrees of freedom do not
/// hold there: simulated coverage with equal variances 87.9 % of 2 values against 20, and 92.3 % of 3 against 20, where
/// this interval has 100 % and 98.6 % (tests/metrics/comparison/independent_means_test.cc). Of strongly skewed values
/// it can fall below, as any t interval of so few does. Source: Hsu, Statistical Research Memoirs 2, 1938; Mickey and
/// Brown, Annals of Mathematical Statistics 37(3), 1966.
Difference independent_means(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace flnas::metrics
