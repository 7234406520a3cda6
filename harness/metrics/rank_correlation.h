#pragma once

#include <vector>

namespace flnas::metrics {

/// Ranks from 0, ascending; equal values get the mean of their ranks.
std::vector<double> ranks(const std::vector<double>& values);

/// Spearman's rank correlation, in [-1, 1], ties by their mean rank. Infinite values have ranks like any other.
/// NaN where it is undefined: fewer than two values, a NaN among them, or all values of one side equal.
/// Throws DataError when the lengths differ.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace flnas::metrics
