#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// A figure of the sample with its influence values: by how much each lesion moves it. They sum to 0, and the sum of
/// their squares is the figure's variance over samples of lesions. Those of a mean of figures, or of a difference of
/// two on the same lesions, are the means and differences of theirs, so that what lesions have in common cancels.
/// Source: Hampel, JASA 69, 1974; for AUROC it is DeLong's variance (Biometrics 44, 1988), by clusters Obuchowski's
/// (Biometrics 53, 1997).
struct Influence {
  double value;                 ///< NaN: undefined
  std::vector<double> of_unit;  ///< [L] by lesion; 0 of a lesion that has no row in it
  double units = 0;             ///< lesions that have one
  double freedom = 0;           ///< most degrees of freedom that the variance can have
};

/// The root of the variance, with the factor units / (units - 1).
double standard_error(const Influence& figure);

/// Degrees of freedom of that variance, at least 1 and at most `freedom`: few where a few lesions make it up.
/// Source: Satterthwaite, Biometrics Bulletin 2, 1946, with the fourth moment of the influence values.
double freedom_of(const Influence& figure);

/// `ones` of the sample, of which the figure is a share in [0, 1] such as a rate or an AUROC: Wilson's interval of as
/// many rows as have its variance, with Student's quantile. Where the variance is 0, of `units_at_least` rows.
Estimate share_interval(const Influence& figure, double units_at_least, double level = 0.95);

/// Of version 3 of the metrics (bounded_mean.h is in its place: this one holds 57 % of the Brier scores of a good model
/// on 24 rows): a mean of values in [0, `most`], mostly small ones (squares), with Student's interval of its logarithm.
/// Where all lesions have the same value, as far from it as a share of others that Wilson's interval of none does not
/// exclude can move it.
Estimate positive_interval(const Influence& figure, double most, double level = 0.95);

/// Student's interval, within [-1, 1] around 0 as it falls; of signed gaps and differences. None where nothing varies.
Estimate signed_interval(const Influence& figure, double level = 0.95);

/// first - second with its interval and the test of no difference. `paired`: on the same lesions.
Difference difference(const Influence& first, const Influence& second, bool paired, double level = 0.95);

/// The mean of figures on the same lesions; those that are undefined are left out.
Influence mean_of(const std::vector<Influence>& figures);

}  // namespace flnas::metrics
