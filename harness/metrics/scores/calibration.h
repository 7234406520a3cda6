#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/gap_interval.h"
#include "harness/metrics/intervals/influence.h"
#include "harness/metrics/intervals/rules.h"

namespace flnas::metrics {

/// Bins of ece(), of equal width.
inline constexpr std::size_t kCalibrationBins = 10;

/// How well probabilities say what happens, on the rows of a group.
class Calibration {
 public:
  /// `rows`: the group's rows. `probabilities`: [N, classes] row-major, in [0, 1]; `labels`: [N] class indices;
  /// `lesions`: [N] 0..L-1. `positive`: the class whose probability is judged where there are two classes; unused with
  /// more.
  Calibration(std::span<const std::uint32_t> rows, std::span<const double> probabilities, std::span<const int> labels,
              std::span<const int> lesions, std::size_t classes, int positive);

  /// Brier score, lower is better: two classes, the mean of (p - y)^2 for the positive class, in [0, 1]; more, the mean
  /// of the sum over classes, in [0, 2] (scikit-learn's brier_score_loss with its defaults). NaN without rows.
  /// Source: Brier, Monthly Weather Review 78(1), 1950. Differs: his sums over both of two classes, which is twice
  /// ours.
  Influence brier() const;
  /// With its interval: that of a mean of bounded values (bounded_mean.h).
  Estimate brier_estimate(double level, Rules rules = Rules::kNewest) const;

  /// Expected calibration error, lower is better, in [0, 1]: the mean over rows of |mean probability - share of hits|
  /// of the row's bin. Two classes: probability and share of the positive class; more: probability of the most probable
  /// class, and how often it is right. Bins are (0, 0.1], ..., (0.9, 1], the first with 0. NaN without rows.
  /// Source: Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017 (more than two classes).
  double ece() const;

  /// It is a sum of absolute gaps, which of a perfectly calibrated model of finitely many rows is more than 0: its
  /// interval is found by test inversion (gap_interval.h), with normal noise of the bins' signed gaps. A bin's variance
  /// is at least that of its share of hits with the four further lesions, half of them hits, that Agresti and Coull's
  /// interval has: a bin of few rows that were all right does not say that none is ever wrong.
  GapEstimate ece_estimate(const BootstrapConfig& config, Rules rules = Rules::kNewest) const;

 private:
  double largest_square_;        ///< that a row can have
  std::vector<double> squares_;  ///< of each row of the group
  std::vector<double> gaps_;     ///< probability - hit
  std::vector<std::uint8_t> hits_;
  std::vector<double> spread_;  ///< probability x (1 - probability)
  std::vector<std::uint8_t> bins_;
  std::vector<std::size_t> lesion_;
  std::size_t all_units_ = 0;
};

}  // namespace flnas::metrics
