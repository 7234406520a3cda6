#pragma once

#include <vector>

namespace flnas::metrics {

/// The slope of a figure of several classifiers over a property of theirs, such as the logarithm of their size.
struct Trend {
  double slope;
  double low, high;    ///< 95 %
  double p;            ///< two-sided, of no slope
  double sampling_sd;  ///< of the slope, by which lesions were sampled: the standard deviation of the draws' slopes
  double residual_sd;  ///< of one classifier's figure about the line
};

/// Least squares. `x`, `values`: [M]; `draws`: [M][B], the figure of each on draws of lesions that are the same for
/// all, so that what the classifiers have in common by being tested on the same lesions cancels as far as it does. The
/// interval holds for other classifiers and other lesions: its half width is the root of the sum of the squares of
/// what each alone would have, Student's quantile of M - 2 degrees times the residuals' standard error, and the
/// normal's times sampling_sd. What lesions do to one classifier alone is in both, so that it is rather too wide (as
/// two_level.h). A draw that is undefined for one is left out. NaN below three classifiers or where all x are equal.
/// Throws DataError when the lengths differ.
Trend trend_over(const std::vector<double>& x, const std::vector<double>& values,
                 const std::vector<std::vector<double>>& draws);

}  // namespace flnas::metrics
