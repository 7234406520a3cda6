#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace flnas::metrics {

/// A threshold on the positive class's score: a row with at least this score is predicted positive.
struct OperatingPoint {
  double threshold = 0.5;
  double balanced_accuracy = 0;  ///< on the rows that were used to choose it
};

/// The threshold with the highest balanced accuracy (Youden's J), half way between neighbouring scores, so that it does
/// not depend on rounding; of equally good ones the one nearest to 0.5, then the lower. Choose it on validation rows
/// and apply it to others. Nothing without positives or without negatives.
/// Throws DataError when the lengths differ or a score is not a number.
/// Source: Youden, Cancer 3(1), 1950.
std::optional<OperatingPoint> choose_operating_point(std::span<const double> scores,
                                                     std::span<const std::uint8_t> positive);

}  // namespace flnas::metrics
