#pragma once

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/gap_interval.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// A metric with its interval; NaN: undefined.
struct Figure {
  double value;
  double low, high;  ///< contains the value, and `debiased`
  /// Of sums and means of absolute gaps alone: the estimate without what noise adds (gap_interval.h), and the formula
  /// as it is printed, from all terms that exist, however few rows are behind them.
  double debiased, printed;
};

/// Every metric of the terms that have support, with intervals whose unit is the lesion:
///   accuracies and recalls: Agresti and Coull's, of as many rows as the lesions are worth (rate_interval.h);
///   balanced accuracy: of the classes' intervals, combined by their variances; worst group: of the groups';
///   absolute gaps: by test inversion (gap_interval.h), with `resamples` draws of a Bayesian bootstrap over lesions.
/// Simulated coverage of the nominal 95 %: tests/benchmarks/coverage.
struct Measured {
  Support support;
  TermUse use;
  MetricSet<Figure> set;
};
Measured measure(const Outcomes& outcomes, int min_support = kMinSupport, const BootstrapConfig& config = {},
                 Rules rules = Rules::kNewest);

/// measure() of all attributes together, then [A] of each as if there were no other, from the same draws.
struct MeasuredByAttribute {
  Measured all;
  std::vector<Measured> alone;
};
MeasuredByAttribute measure_by_attribute(const Outcomes& outcomes, int min_support = kMinSupport,
                                         const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

/// The outcomes with one of their attributes.
Outcomes with_attribute(const Outcomes& outcomes, std::size_t attribute);

/// EODD, EOPP1 and EOPP2 of one pair of groups.
struct PairFigures {
  GapEstimate eodd, eopp1, eopp2;
};
/// [P] in the order of the pairs.
std::vector<PairFigures> measure_pairs(const Outcomes& outcomes, int min_support = kMinSupport,
                                       const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

/// Signed gaps of the sample, with the noise of `config.resamples` draws: each rate's is widened by the factor that
/// small denominators need (the variance of Student's t).
NoisyGaps noisy_gaps(const Outcomes& outcomes, const GapTerms& terms, const BootstrapConfig& config);

/// Each group's accuracy less that of all rows, with the interval of its noise: the groups of the first attribute, then
/// of the next. NaN without rows.
std::vector<Estimate> accuracy_gaps(const Outcomes& outcomes, const BootstrapConfig& config = {});

/// Every metric on each draw of the Bayesian bootstrap: one weight per lesion, which depends on the seed and the
/// lesion's index alone, so that classifiers that answered the same rows see the same draws.
Resampled weigh(const Outcomes& outcomes, const Support& support, const BootstrapConfig& config);

}  // namespace flnas::metrics
