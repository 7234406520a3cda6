#pragma once

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/gap_interval.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// A metric with its interval; NaN: undefined.
struct Figure {
  double value;
  double low, high;  ///< contains the value, and `debiased`
  /// Only for sums and means of absolute gaps: the estimate corrected for the bias by noise (gap_interval.h), and the
  /// printed formula, over all terms that are defined, however few rows they have.
  double debiased, printed;
};

/// Every metric over the terms that have support, with intervals whose unit is the lesion:
///   accuracies and recalls: Agresti and Coull's, for the effective number of rows (rate_interval.h);
///   balanced accuracy: the classes' intervals, combined by their variances; worst group: see worst_of.h;
///   absolute gaps: by test inversion (gap_interval.h), with `resamples` draws of a Bayesian bootstrap over lesions.
/// Simulated coverage of the nominal 95 %: tests/benchmarks/coverage.
struct Measured {
  Support support;
  TermUse use;
  MetricSet<Figure> set;
};
Measured measure(const Outcomes& outcomes, int min_support = kMinSupport, const BootstrapConfig& config = {},
                 Rules rules = Rules::kNewest);

/// measure() with all attributes, then [A] with each attribute alone, from the same draws.
struct MeasuredByAttribute {
  Measured all;
  std::vector<Measured> alone;
};
MeasuredByAttribute measure_by_attribute(const Outcomes& outcomes, int min_support = kMinSupport,
                                         const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

/// The outcomes with only one of their attributes.
Outcomes with_attribute(const Outcomes& outcomes, std::size_t attribute);

/// EODD, EOPP1 and EOPP2 of one pair of groups.
struct PairFigures {
  GapEstimate eodd, eopp1, eopp2;
};
/// [P] in the order of the pairs.
std::vector<PairFigures> measure_pairs(const Outcomes& outcomes, int min_support = kMinSupport,
                                       const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

/// Signed gaps of the sample, with the noise of `config.resamples` draws. The noise of each rate is widened for small
/// denominators by the variance of Student's t.
NoisyGaps noisy_gaps(const Outcomes& outcomes, const GapTerms& terms, const BootstrapConfig& config);

/// The accuracy of each group minus that of all rows, with its interval: the groups of the first attribute, then of the
/// next. NaN without rows.
std::vector<Estimate> accuracy_gaps(const Outcomes& outcomes, const BootstrapConfig& config = {});

/// Every metric on each draw of the Bayesian bootstrap. The weight of a lesion depends only on the seed and the
/// lesion's index, so that classifiers tested on the same rows get the same draws.
Resampled weigh(const Outcomes& outcomes, const Support& support, const BootstrapConfig& config);

}  // namespace flnas::metrics
