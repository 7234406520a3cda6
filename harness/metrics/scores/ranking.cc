#include "harness/metrics/scores/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// How many differ.
double count_units(std::vector<int> lesions) {
  std::sort(lesions.begin(), lesions.end());
  return static_cast<double>(std::unique(lesions.begin(), lesions.end()) - lesions.begin());
}

}  // namespace

Ranking::Ranking(std::span<const std::uint32_t> rows, std::span<const double> scores,
                 std::span<const std::uint8_t> positive, std::span<const int> lesions)
    : rows_(rows.begin(), rows.end()),
      positive_(rows.size()),
      ends_(rows.size()),
      lesions_(lesions.begin(), lesions.end()) {
  for (const std::uint32_t row : rows_) {
    if (std::isnan(scores[row])) throw DataError(fmt::format("the score of row {} is not a number", row));
  }
  std::stable_sort(rows_.begin(), rows_.end(), [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  std::vector<int> all, of_positives, of_negatives;
  for (std::size_t i = rows_.size(); i-- > 0;) {
    positive_[i] = positive[rows_[i]];
    const bool last = i + 1 == rows_.size() || scores[rows_[i + 1]] != scores[rows_[i]];
    ends_[i] = last ? i + 1 : ends_[i + 1];
    all.push_back(lesions_[rows_[i]]);
    (positive_[i] != 0 ? of_positives : of_negatives).push_back(lesions_[rows_[i]]);
  }
  positives_ = static_cast<double>(of_positives.size());
  negatives_ = static_cast<double>(of_negatives.size());
  units_ = count_units(std::move(all));
  positive_units_ = count_units(std::move(of_positives));
  negative_units_ = count_units(std::move(of_negatives));
  if (!lesions_.empty()) all_units_ = static_cast<std::size_t>(*std::max_element(lesions_.begin(), lesions_.end())) + 1;
}

double Ranking::scarcer_units() const { return std::min(positive_units_, negative_units_); }

Influence Ranking::start(double value) const {
  // A variance of two samples is known no better than that of the scarcer one.
  return {value, std::vector<double>(all_units_), units_, std::max(scarcer_units() - 1, 1.0)};
}

std::vector<double> Ranking::placed() const {
  double above = 0, below = negatives_;  // positives above, negatives below
  std::vector<double> placed(rows_.size());
  for (std::size_t from = 0; from < rows_.size();) {
    const std::size_t until = ends_[from];
    double equal_positives = 0;
    for (std::size_t i = from; i < until; ++i) equal_positives += positive_[i];
    const double equal_negatives = static_cast<double>(until - from) - equal_positives;
    below -= equal_negatives;
    for (std::size_t i = from; i < until; ++i) {
      placed[i] =
          positive_[i] != 0 ? (below + equal_negatives / 2) / negatives_ : (above + equal_positives / 2) / positives_;
    }
    above += equal_positives;
    from = until;
  }
  return placed;
}

double Ranking::area() const {
  double positives = 0, area = 0;
  for (std::size_t from = 0; from < rows_.size();) {
    const std::size_t until = ends_[from];
    double equal_positives = 0;
    for (std::size_t i = from; i < until; ++i) equal_positives += positive_[i];
    area += (static_cast<double>(until - from) - equal_positives) * (positives + equal_positives / 2);
    positives += equal_positives;
    from = until;
  }
  return area / (positives_ * negatives_);
}

Influence Ranking::auroc() const {
  if (positives_ == 0 || negatives_ == 0) return {kNaN, {}, 0, 0};
  const auto shares = placed();
  Influence found = start(area());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    found.of_unit[static_cast<std::size_t>(lesions_[rows_[i]])] +=
        (shares[i] - found.value) / (positive_[i] != 0 ? positives_ : negatives_);
  }
  return found;
}

Ranking::Placements Ranking::placements() const {
  Placements found;
  if (positives_ == 0 || negatives_ == 0) return found;
  found.of_positives.resize(all_units_), found.of_negatives.resize(all_units_);
  const auto shares = placed();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto& of_class = positive_[i] != 0 ? found.of_positives : found.of_negatives;
    UnitSum& unit = of_class[static_cast<std::size_t>(lesions_[rows_[i]])];
    unit.sum += shares[i];
    ++unit.rows;
  }
  return found;
}

double Ranking::tpr_at(double fpr) const {
  const double wanted = fpr * negatives_;
  double positives = 0, negatives = 0;
  for (std::size_t from = 0; from < rows_.size();) {
    const std::size_t until = ends_[from];
    double more_positives = 0;
    for (std::size_t i = from; i < until; ++i) more_positives += positive_[i];
    const double more_negatives = static_cast<double>(until - from) - more_positives;
    if (negatives + more_negatives > wanted) {
      return (positives + more_positives * (wanted - negatives) / more_negatives) / positives_;
    }
    positives += more_positives;
    negatives += more_negatives;
    from = until;
  }
  return positives / positives_;
}

Influence Ranking::tpr_at_fpr(double fpr) const {
  if (positives_ == 0 || negatives_ == 0) return {kNaN, {}, 0, 0};
  Influence found = start(tpr_at(fpr));
  // The slope over the width in which the threshold's own false positive rate lies.
  const double width = 2 * std::sqrt(std::max(fpr * (1 - fpr), 1 / negatives_) / negatives_);
  const double from = std::max(0.0, fpr - width), to = std::min(1.0, fpr + width);
  const double slope = to > from ? (tpr_at(to) - tpr_at(from)) / (to - from) : 0;
  // Of the group of equal scores in which the threshold lies, the part that is above it.
  double negatives = 0;
  for (std::size_t start_of = 0; start_of < rows_.size();) {
    const std::size_t until = ends_[start_of];
    double more_negatives = 0;
    for (std::size_t i = start_of; i < until; ++i) more_negatives += 1 - positive_[i];
    const double left = fpr * negatives_ - negatives;
    const double part = left < 0 ? 0 : more_negatives > left ? left / more_negatives : 1;
    for (std::size_t i = start_of; i < until; ++i) {
      found.of_unit[static_cast<std::size_t>(lesions_[rows_[i]])] +=
          positive_[i] != 0 ? (part - found.value) / positives_ : -slope * (part - fpr) / negatives_;
    }
    negatives += more_negatives;
    start_of = until;
  }
  return found;
}

}  // namespace flnas::metrics
