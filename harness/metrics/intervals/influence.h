#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// A figure of the sample with its influence values: by how much each lesion moves it. They sum to 0, and the sum of
/// their squares is the figure's variance over samples of lesions. The influence values of a mean of figures, or of a
/// difference of two figures on the same lesions, are the means or differences of the figures' own values, so that
/// the correlation between the figures is accounted for.
/// Source: Hampel, JASA 69, 1974; for AUROC it is DeLong's variance (Biometrics 44, 1988), by clusters Obuchowski's
/// (Biometrics 53, 1997).
struct Influence {
  double value;                 ///< NaN: undefined
  std::vector<double> of_unit;  ///< [L] by lesion; 0 for a lesion without a row in the figure
  double units = 0;             ///< number of lesions with one
  double freedom = 0;           ///< upper limit of the variance's degrees of freedom
};

/// The square root of the variance, with the factor units / (units - 1).
double standard_error(const Influence& figure);

/// Degrees of freedom of that variance, from 1 to `freedom`: few if the variance comes from a few lesions.
/// Source: Satterthwaite, Biometrics Bulletin 2, 1946, with the fourth moment of the influence values.
double freedom_of(const Influence& figure);

/// For a figure in [0, 1] such as a rate or an AUROC: Wilson's interval with Student's quantile, for the effective
/// number of rows that gives the figure's variance. If the variance is 0, for `units_at_least` rows.
Estimate share_interval(const Influence& figure, double units_at_least, double level = 0.95);

/// Of version 3 of the metrics (bounded_mean.h has its place: this one contains 57 % of the Brier scores of a good
/// model on 24 rows). For a mean of values in [0, `most`] that are mostly small (squares): Student's interval of its
/// logarithm. If all lesions have the same value, the interval reaches as far as the largest share of differing lesions
/// that Wilson's interval of 0 hits allows could move the mean.
Estimate positive_interval(const Influence& figure, double most, double level = 0.95);

/// For signed gaps and differences: Student's interval, clamped to [-1, 1]. No interval if nothing varies.
Estimate signed_interval(const Influence& figure, double level = 0.95);

/// first - second with its interval and the test of no difference. `paired`: on the same lesions.
Difference difference(const Influence& first, const Influence& second, bool paired, double level = 0.95);

/// The mean of figures on the same lesions; undefined figures are left out.
Influence mean_of(const std::vector<Influence>& figures);

}  // namespace flnas::metrics
