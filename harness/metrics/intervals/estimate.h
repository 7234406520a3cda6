#pragma once

#include <vector>

namespace flnas::metrics {

/// A value with its interval; NaN: undefined. Resampling makes absolute gaps larger, so that the value of a nearly fair
/// classifier can lie below its own percentile interval; such a value is within the sampling noise.
struct Estimate {
  double value;
  double low;
  double high;
};

/// first - second with its interval and the two-sided p-value of "no difference"; NaN: undefined. The function that
/// returns it says by which method.
struct Difference {
  double value;
  double low;
  double high;
  double p;
};

/// The value at `share` in [0, 1] of sorted values, linear between neighbours (numpy's default); NaN when empty.
double quantile(const std::vector<double>& sorted, double share);

}  // namespace flnas::metrics
