#pragma once

#include <vector>

#include "harness/metrics/intervals/influence.h"
#include "harness/metrics/intervals/rules.h"

namespace flnas::metrics {

/// A metric of several trainings of one model, tested on the same rows: on the rows, and on draws of lesions that are
/// the same for all trainings (Resampled of weigh() or resample() with one config).
struct Trainings {
  std::vector<double> values;              ///< [S], one per training
  std::vector<std::vector<double>> draws;  ///< [S][B]
};

/// The mean over trainings, and the sources of its variation; NaN: undefined.
struct TwoLevel {
  double mean;
  double low, high;    ///< 95 % interval of the mean over the populations of trainings and of lesions
  double sampling_sd;  ///< of the mean over samples of lesions: the standard deviation over the draws
  double training_sd;  ///< of one training, by its seed, on these rows
};

/// The half width of the interval is the root of the sum of the squares of each level's half width: the normal quantile
/// times sampling_sd, and Student's, with S - 1 degrees of freedom, times training_sd / sqrt(S). So it is valid from
/// two seeds on, and wide if training matters. The interaction of training and lesion is counted in both, so that the
/// interval is rather too wide than too narrow. A draw that is undefined for a training is left out. Intervals are
/// NaN with fewer than two trainings. Sources: A. B. Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1(2),
/// 2007 (two crossed levels); G. Y. Zou and A. Donner, Statistics in Medicine 27(10), 2008 (intervals of sums from
/// those of their terms).
TwoLevel two_level(const Trainings& trainings);

/// The same for a figure with influence values, one per training, on the same lesions: sampling_sd is the standard
/// error of their mean.
TwoLevel two_level(const std::vector<Influence>& trainings);

/// The 95 % interval of the difference of two models' means and the p-value of no difference, paired by lesion and
/// independent in training: the training variances of the two models enter as their sum with Welch's degrees of freedom
/// (Satterthwaite, Biometrics Bulletin 2, 1946); in version 2 of the metrics each had its own, which is wide with few
/// trainings. NaN if either model has fewer than two trainings.
Difference two_level_difference(const Trainings& first, const Trainings& second, Rules rules = Rules::kNewest);
Difference two_level_difference(const std::vector<Influence>& first, const std::vector<Influence>& second);

}  // namespace flnas::metrics
