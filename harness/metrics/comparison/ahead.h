#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// How far one of several classifiers is ahead of the best of some others, where which one is best is not known either.
struct Ahead {
  double value;       ///< its least difference: to the other that is the best here
  double low, high;   ///< 95 %, of the least of the true differences
  double p;           ///< two-sided, of the claim that it is ahead of every other one; 1 where it is not, here
  std::size_t other;  ///< which one that is; only where there is a value
};

/// `gaps`: first minus each other one, larger is better, each with its 95 % interval; undefined ones are left out.
/// NaN where none is defined. Ahead of the best means ahead of all, so that no correction for the number of others is
/// due: the claim's p is the largest one (intersection-union test), and the lower end is the least of the lower ends.
/// The upper end is the least of the upper ends at the level that Bonferroni's inequality asks of as many, since any of
/// them may be the least. Source: Berger, Technometrics 24(4), 1982.
Ahead ahead_of_best(const std::vector<Difference>& gaps);

}  // namespace flnas::metrics
