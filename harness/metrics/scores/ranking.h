#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/bounded_mean.h"
#include "harness/metrics/intervals/influence.h"

namespace flnas::metrics {

/// The rows of a group in the order of their scores: figures of the ROC curve with their influence values. The points
/// of the curve are the distinct scores.
class Ranking {
 public:
  /// `rows`: the group's rows, as indices into scores, positive and lesions (0..L-1). Throws DataError if a score is
  /// NaN.
  Ranking(std::span<const std::uint32_t> rows, std::span<const double> scores, std::span<const std::uint8_t> positive,
          std::span<const int> lesions);

  /// Area under the ROC curve, as metrics::auroc(): equal scores count half. In [0, 1]; NaN without positives or
  /// without negatives.
  Influence auroc() const;

  /// AUROC as two means, by lesion ([L], without rows where a lesion has none of them): over positives the share of
  /// negatives that each is above, and over negatives the share of positives that each is below. Empty as auroc().
  struct Placements {
    std::vector<UnitSum> of_positives, of_negatives;
  };
  Placements placements() const;

  /// The true positive rate at a false positive rate of `fpr`, interpolated linearly between the points of the curve
  /// (numpy's interp on scikit-learn's roc_curve). In [0, 1]; NaN as auroc(). Its variance is that of the rate at the
  /// threshold plus, through the slope of the curve there, that of the threshold. Source: Linnet, Statistics in
  /// Medicine 6, 1987; Hsieh and Turnbull, The Annals of Statistics 24, 1996.
  Influence tpr_at_fpr(double fpr) const;

  /// The number of lesions with positives or with negatives, whichever is smaller; see share_interval().
  double scarcer_units() const;

 private:
  Influence start(double value) const;
  /// [rows] the share of the other class that each row is on the right side of; equal scores count half.
  std::vector<double> placed() const;
  double area() const;
  double tpr_at(double fpr) const;

  std::vector<std::uint32_t> rows_;     ///< from the highest score to the lowest
  std::vector<std::uint8_t> positive_;  ///< in that order
  std::vector<std::size_t> ends_;       ///< where the rows of the same score end
  std::vector<int> lesions_;            ///< [N] of every row of the sample
  double positives_ = 0, negatives_ = 0;
  double units_ = 0, positive_units_ = 0, negative_units_ = 0;
  std::size_t all_units_ = 0;
};

}  // namespace flnas::metrics
