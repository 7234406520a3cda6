#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// Spearman's rank correlation, in [-1, 1]; ties get their mean rank, infinite values have ranks like any other.
/// NaN if undefined: fewer than two values, a NaN among them, or all values of one side equal.
/// Throws DataError when the lengths differ.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

/// The same with its 95 % interval: Fisher's z with the variance (1 + r^2 / 2) / (n - 3). No interval with fewer than
/// four pairs, or if the two orders are the same or opposite.
/// Source: Bonett and Wright, Psychometrika 65(1), 2000. At ten pairs it covers about 95 %
/// (tests/metrics/comparison/rank_correlation_test.cc).
Estimate spearman_interval(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace flnas::metrics
