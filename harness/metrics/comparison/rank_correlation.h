#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// Spearman's rank correlation, in [-1, 1], ties by their mean rank. Infinite values have ranks like any other.
/// NaN where it is undefined: fewer than two values, a NaN among them, or all values of one side equal.
/// Throws DataError when the lengths differ.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

/// The same with its 95 % interval, of a sample of pairs from all that there could be: Fisher's z with the variance
/// (1 + r^2 / 2) / (n - 3). No interval below four pairs, or where all are in the same or in opposite order.
/// Source: Bonett and Wright, Psychometrika 65(1), 2000. At ten pairs it covers about 95 %
/// (tests/metrics/comparison/rank_correlation_test.cc).
Estimate spearman_interval(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace flnas::metrics
