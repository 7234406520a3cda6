#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/ranking.h"

namespace flnas::metrics {

/// Bins of ece(), of equal width.
inline constexpr std::size_t kCalibrationBins = 10;

/// How well probabilities say what happens, on the rows of a group; what does not change between resamples is computed
/// once.
class Calibration {
 public:
  /// `rows`: the group's rows. `probabilities`: [N, classes] row-major, in [0, 1]; `labels`: [N] class indices.
  /// `positive`: the class whose probability is judged where there are two classes; unused with more.
  Calibration(std::span<const std::uint32_t> rows, std::span<const double> probabilities, std::span<const int> labels,
              std::size_t classes, int positive);

  /// Brier score, lower is better: two classes, the mean of (p - y)^2 for the positive class, in [0, 1]; more, the mean
  /// of the sum over classes, in [0, 2] (scikit-learn's brier_score_loss with its defaults). NaN without rows.
  /// Source: Brier, Monthly Weather Review 78(1), 1950. Differs: his sums over both of two classes, which is twice
  /// ours.
  double brier(Times times) const;

  /// Expected calibration error, lower is better, in [0, 1]: the mean over rows of |mean probability - share of hits|
  /// of the row's bin. Two classes: probability and share of the positive class; more: probability of the most probable
  /// class, and how often it is right. Bins are (0, 0.1], ..., (0.9, 1], the first with 0. NaN without rows.
  /// Source: Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017 (more than two classes).
  /// An absolute gap: a perfectly calibrated model of finitely many rows has more than 0.
  double ece(Times times) const;

 private:
  std::vector<std::uint32_t> rows_;
  std::vector<double> squares_;  ///< of each row
  std::vector<double> gaps_;     ///< probability - hit
  std::vector<std::uint8_t> bins_;
};

}  // namespace flnas::metrics
