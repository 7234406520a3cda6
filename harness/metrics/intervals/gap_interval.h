#pragma once

#include "harness/metrics/intervals/gap_terms.h"

namespace flnas::metrics {

/// Signed gaps with the noise of the sample: what the gaps of other samples of the same size would differ by.
struct NoisyGaps {
  std::vector<double> gaps;                ///< [P]
  std::vector<std::vector<double>> noise;  ///< [P][draws], each of mean 0
};

/// A sum of absolute gaps with what can be said of its true value; NaN: undefined.
struct GapEstimate {
  double value;      ///< the sum itself, which noise makes too large: of a fair model it is never 0
  double debiased;   ///< the true value at which half of all samples would show more; 0 where even a fair model would
  double low, high;  ///< contains both; low is 0 where fairness cannot be excluded
};

enum class GapMethod {
  kPercentile,  ///< quantiles of the sum over the draws
  kBasic,       ///< the same mirrored at the value
  kProjection,  ///< extremes of the sum over a simultaneous box of all signed gaps (max-t)
  kScaling,     ///< test inversion; the true gaps are taken to be the observed ones times a factor
  kInversion,   ///< test inversion against the least favourable of several families of true gaps: the one to use
  kOneAbove,    ///< the same with the first of the families of the upper end alone: version 2 of the metrics
};

/// The interval of a sum by inverting a test: a true value is in it where gaps with that sum, plus the noise, give the
/// observed value or a more extreme one in more than half of 1 - `level` of the draws. Which gaps have that sum is not
/// known. Tried are, for the lower end: the observed ones times a factor; each less the same number of standard errors;
/// those alone that are clear of 0, times a factor (the fewer gaps there are, the more noise is on top). For the upper
/// end: each more by the same number of standard errors (none is small, so that noise adds least to a sum); where a
/// term is the larger of two gaps also the larger alone, the other one 0 (a badly known gap that is small fills the
/// maximum with noise). The widest is taken.
/// A value below what 84 % of fair samples show has the upper end of one that is not.
/// One sum of 5 gaps and 2,000 draws takes about 2 ms.
/// Source: Chuang and Lai, Statistica Sinica 10, 2000 (hybrid resampling). Differs: several families.
GapEstimate gap_interval(const GapSum& sum, const NoisyGaps& gaps, double level = 0.95,
                         GapMethod method = GapMethod::kInversion);

}  // namespace flnas::metrics
