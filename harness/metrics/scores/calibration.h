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

/// How well predicted probabilities agree with the outcomes, on the rows of a group.
class Calibration {
 public:
  /// `rows`: the group's rows. `probabilities`: [N, classes] row-major, in [0, 1]; `labels`: [N] class indices;
  /// `lesions`: [N] 0..L-1. `positive`: with two classes, the one whose probability is used; ignored with more.
  Calibration(std::span<const std::uint32_t> rows, std::span<const double> probabilities, std::span<const int> labels,
              std::span<const int> lesions, std::size_t classes, int positive);

  /// Brier score, lower is better. Two classes: the mean of (p - y)^2 for the positive class, in [0, 1]. More classes:
  /// the mean of the sum over classes, in [0, 2] (scikit-learn's brier_score_loss with its defaults). NaN without rows.
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

  /// ECE is a sum of absolute gaps and exceeds 0 on finitely many rows even for a perfectly calibrated model. Its
  /// interval is found by test inversion (gap_interval.h), with normal noise of the signed gaps of the bins. The
  /// variance of a bin is at least that of its share of hits with the further lesions, half of them hits, of Agresti
  /// and Coull's interval: a few rows that are all correct do not exclude errors.
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
