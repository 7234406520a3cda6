#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace flnas::metrics {

/// Area under the ROC curve by ranks (the Mann-Whitney statistic): the probability that a positive has a higher score
/// than a negative; equal scores count half (midranks). In [0, 1]; nothing where there is no positive or no negative,
/// or where a score is not a number. Throws DataError when the lengths differ.
/// Source: Hanley and McNeil, Radiology 143, 1982, section "Wilcoxon statistic".
std::optional<double> auroc(std::span<const double> scores, std::span<const std::uint8_t> positive);

/// The mean of the one-against-the-rest AUROCs of the classes that occur and are not the only one; with two classes it
/// is auroc() of either. Nothing if there is no such class.
/// `probabilities`: row-major [n, classes]; `labels`: n class indices. Throws DataError when the lengths differ.
std::optional<double> macro_auroc(std::span<const float> probabilities, std::span<const std::int64_t> labels,
                                  std::size_t classes);

}  // namespace flnas::metrics
