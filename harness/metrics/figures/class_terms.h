#pragma once

#include <vector>

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/rules.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// One class against the rest, for every pair of groups; T as in MetricSet.
template <class T>
struct ClassGaps {
  std::vector<T> dtpr, dfpr;   // [P] first group minus second, in [-1, 1]; the pairs of the first attribute, then on
  T eopp1{}, eopp2{}, eodd{};  // means over the pairs that have them of |dTPR|, |dTNR|, max(|dTPR|, |dFPR|)
};

/// The terms of the pairwise metrics, class by class. NaN: an empty denominator.
template <class T>
struct ClassTerms {
  std::vector<std::vector<T>> recall;  // [groups of the first attribute, then of the next][C]
  std::vector<ClassGaps<T>> gaps;      // [C]

  /// Calls visit on every value, always in the same order.
  template <class Self, class Visit>
  static void for_each_value(Self& self, Visit&& visit) {
    for (auto& group : self.recall) {
      for (auto& value : group) visit(value);
    }
    for (auto& gap : self.gaps) {
      for (auto& value : gap.dtpr) visit(value);
      for (auto& value : gap.dfpr) visit(value);
      visit(gap.eopp1), visit(gap.eopp2), visit(gap.eodd);
    }
  }
};

/// The terms from the counts.
ClassTerms<double> class_terms(const Outcomes& outcomes, const Tally& tally);

/// Each with its interval. Gaps are of rates with at least `min_support` rows, and means are over those; others are
/// NaN.
///   recall   Agresti and Coull's, for the effective number of rows (rate_interval.h);
///   dtpr, dfpr   of the two rates' intervals, combined by their variances (difference_of());
///   eopp1, eopp2, eodd   by test inversion (gap_interval.h).
/// Simulated coverage: tests/benchmarks/coverage.
ClassTerms<Estimate> measured_class_terms(const Outcomes& outcomes, int min_support = kMinSupport,
                                          const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

/// Each with its percentile interval over the resamples of bootstrap(), as in versions 1 and 2 of the metrics. These
/// intervals of the means do not reach their nominal coverage.
ClassTerms<Estimate> bootstrap_class_terms(const Outcomes& outcomes, const BootstrapConfig& config = {});

}  // namespace flnas::metrics
