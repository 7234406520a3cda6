#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// By how much a classifier exceeds the best of several others, when it is not known which of them is best.
struct Ahead {
  double value;       ///< the smallest difference: to the other that is best in the sample
  double low, high;   ///< 95 % interval of the smallest true difference
  double p;           ///< two-sided, of the claim that it exceeds every other one; 1 if in the sample it does not
  std::size_t other;  ///< the index of that other; only if there is a value
};

/// `gaps`: this classifier minus each other one, larger is better, each with its 95 % interval; undefined ones are left
/// out. NaN if none is defined. To exceed the best is to exceed all, so that the number of others needs no correction:
/// the claim's p is the largest one (intersection-union test), and the lower end is the smallest of the lower ends.
/// The upper end is the smallest of the upper ends at the Bonferroni level for that many, since any of them may be the
/// smallest. Source: Berger, Technometrics 24(4), 1982.
Ahead ahead_of_best(const std::vector<Difference>& gaps);

}  // namespace flnas::metrics
