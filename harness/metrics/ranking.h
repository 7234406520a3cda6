#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace flnas::metrics {

/// How often each row of a sample is taken: 1 for the sample itself, the draws of a resample otherwise.
using Times = std::span<const std::uint32_t>;

/// The rows of a group in the order of their scores, sorted once, so that each resample takes one pass: figures of the
/// ROC curve, whose points are the distinct scores.
class Ranking {
 public:
  /// `rows`: the group's rows, as indices into scores and positive. Throws DataError where a score is not a number.
  Ranking(std::span<const std::uint32_t> rows, std::span<const double> scores, std::span<const std::uint8_t> positive);

  /// Both figures of one pass; see below.
  struct Figures {
    double auroc;
    double tpr_at_fpr;
  };
  Figures figures(double fpr, Times times) const;

  /// Area under the ROC curve, as metrics::auroc(): equal scores count half. NaN without positives or negatives.
  double auroc(Times times) const { return figures(0, times).auroc; }

  /// The true positive rate where the curve reaches a false positive rate of `fpr`, linear between its points (numpy's
  /// interp on scikit-learn's roc_curve). In [0, 1]; NaN without positives or without negatives.
  double tpr_at_fpr(double fpr, Times times) const { return figures(fpr, times).tpr_at_fpr; }

 private:
  std::vector<std::uint32_t> rows_;     ///< from the highest score to the lowest
  std::vector<std::uint8_t> positive_;  ///< in that order
  std::vector<std::size_t> ends_;       ///< where the rows of the same score end
};

}  // namespace flnas::metrics
