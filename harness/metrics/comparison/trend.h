#pragma once

#include <vector>

namespace flnas::metrics {

/// The slope of a figure of several classifiers over one of their properties, such as the logarithm of their size.
struct Trend {
  double slope;
  double low, high;    ///< 95 %
  double p;            ///< two-sided, of no slope
  double sampling_sd;  ///< of the slope over samples of lesions: the standard deviation over the draws
  double residual_sd;  ///< of a classifier's figure about the line
};

/// Least squares. `x`, `values`: [M]; `draws`: [M][B], the figure of each classifier on draws of lesions that are the
/// same for all, so that the correlation between classifiers tested on the same lesions is accounted for. The interval
/// covers other classifiers and other lesions: its half width is the root of the sum of two squares, Student's quantile
/// with M - 2 degrees of freedom times the standard error by the residuals, and the normal quantile times sampling_sd.
/// The interaction of lesion and classifier is in both, so that the interval is rather too wide (as in two_level.h). A
/// draw that is undefined for one classifier is left out. NaN with fewer than three classifiers or if all x are equal.
/// Throws DataError when the lengths differ.
Trend trend_over(const std::vector<double>& x, const std::vector<double>& values,
                 const std::vector<std::vector<double>>& draws);

}  // namespace flnas::metrics
