#include "harness/metrics/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Ranking::Ranking(std::span<const std::uint32_t> rows, std::span<const double> scores,
                 std::span<const std::uint8_t> positive)
    : rows_(rows.begin(), rows.end()), positive_(rows.size()), ends_(rows.size()) {
  for (const std::uint32_t row : rows_) {
    if (std::isnan(scores[row])) throw DataError(fmt::format("the score of row {} is not a number", row));
  }
  std::stable_sort(rows_.begin(), rows_.end(), [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  for (std::size_t i = rows_.size(); i-- > 0;) {
    positive_[i] = positive[rows_[i]];
    const bool last = i + 1 == rows_.size() || scores[rows_[i + 1]] != scores[rows_[i]];
    ends_[i] = last ? i + 1 : ends_[i + 1];
  }
}

Ranking::Figures Ranking::figures(double fpr, Times times) const {
  double all = 0, all_positives = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    all += times[rows_[i]];
    all_positives += times[rows_[i]] * positive_[i];
  }
  const double all_negatives = all - all_positives, wanted = fpr * all_negatives;
  if (all_positives == 0 || all_negatives == 0) return {kNaN, kNaN};
  double positives = 0, negatives = 0, area = 0, found = kNaN;
  for (std::size_t from = 0; from < rows_.size();) {
    double rows = 0, more_positives = 0;  // of one score
    for (const std::size_t until = ends_[from]; from < until; ++from) {
      rows += times[rows_[from]];
      more_positives += times[rows_[from]] * positive_[from];
    }
    const double more_negatives = rows - more_positives;
    area += more_negatives * (positives + more_positives / 2);  // negatives below those positives, half of their equals
    if (negatives <= wanted && negatives + more_negatives > wanted) {
      found = positives + more_positives * (wanted - negatives) / more_negatives;
    }
    positives += more_positives;
    negatives += more_negatives;
  }
  return {area / (all_positives * all_negatives), (std::isnan(found) ? positives : found) / all_positives};
}

}  // namespace flnas::metrics
