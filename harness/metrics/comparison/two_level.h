#pragma once

#include <vector>

#include "harness/metrics/intervals/influence.h"
#include "harness/metrics/intervals/rules.h"

namespace flnas::metrics {

/// A metric of several trainings of one model on the same rows: on the rows, and on each draw of lesions, which are the
/// same for all trainings (Resampled of weigh() or resample() with one config).
struct Trainings {
  std::vector<double> values;              ///< [S], one a training
  std::vector<std::vector<double>> draws;  ///< [S][B]
};

/// The mean over trainings, and what it varies with; NaN: undefined.
struct TwoLevel {
  double mean;
  double low, high;    ///< 95 %, of the mean over all trainings that could be and all lesions
  double sampling_sd;  ///< of the mean, by which lesions were sampled: the draws' standard deviation
  double training_sd;  ///< of one training, by its seed (and folds' weights), on these rows
};

/// The half width of the interval is the root of the sum of the squares of what each level alone would have: the
/// normal's quantile times sampling_sd, and Student's, of S - 1 degrees, times training_sd / sqrt(S). So it holds with
/// two seeds, where it is wide if training matters. What training and lesions do together is counted in both, so that
/// the interval is rather too wide than too narrow. A draw that a training leaves undefined is left out. Intervals are
/// NaN with fewer than two trainings. Sources: A. B. Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1(2),
/// 2007 (two crossed levels); G. Y. Zou and A. Donner, Statistics in Medicine 27(10), 2008 (intervals of sums from
/// those of their terms).
TwoLevel two_level(const Trainings& trainings);

/// The same of a figure with influence values, one a training, on the same lesions: sampling_sd is the standard error
/// of their mean.
TwoLevel two_level(const std::vector<Influence>& trainings);

/// The difference of two models' means.
struct TwoLevelDifference {
  double value;      ///< first - second
  double low, high;  ///< 95 %
  double p;          ///< two-sided, of no difference
};

/// Paired by lesion, independent in training: the two models' training variances are one term with Welch's degrees of
/// freedom (Satterthwaite, Biometrics Bulletin 2, 1946); in version 2 of the metrics each was one with its own, which
/// is wide with few trainings. NaN where either model has fewer than two trainings.
TwoLevelDifference two_level_difference(const Trainings& first, const Trainings& second, Rules rules = Rules::kNewest);
TwoLevelDifference two_level_difference(const std::vector<Influence>& first, const std::vector<Influence>& second);

}  // namespace flnas::metrics
