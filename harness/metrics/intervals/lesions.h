#pragma once

#include <cstdint>
#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/rates/counts.h"

namespace flnas::metrics {

/// The rows counted in cells of equal groups, label and prediction, which no metric can distinguish, and each lesion as
/// the cells of its rows. A resample then adds a few integers per lesion, whatever the metrics are.
class LesionCells {
 public:
  explicit LesionCells(const Outcomes& outcomes);

  std::size_t lesions() const { return starts_.size() - 1; }
  std::size_t cells() const { return cells_.size(); }

  /// Adds a lesion's rows, each `weight` times, to the counts of the cells.
  void add(std::size_t lesion, std::int64_t weight, std::vector<std::int64_t>& times) const {
    for (std::uint32_t at = starts_[lesion]; at < starts_[lesion + 1]; ++at) times[of_lesion_[at]] += weight;
  }
  /// Fills the tally from the counts of the cells.
  void fill(const std::vector<std::int64_t>& times, Tally& tally) const;

 private:
  struct Cell {
    std::vector<int> group;
    int label;
    int prediction;
    auto operator<=>(const Cell&) const = default;
  };

  std::vector<Cell> cells_;
  std::vector<std::uint32_t> of_lesion_;  // the cells of lesion i: starts_[i] until starts_[i + 1]
  std::vector<std::uint32_t> starts_;
};

/// One row of weight 1, in the units of lesion_weight().
inline constexpr std::int64_t kUnitWeight = std::int64_t{1} << 20;

/// A lesion's weight in a draw of the Bayesian bootstrap: exponential with mean kUnitWeight, and never 0, so that a
/// denominator that is not empty in the sample is not empty in a draw. An integer, so that sums do not depend on the
/// order of summation.
/// Source: Rubin, The Annals of Statistics 9(1), 1981.
std::int64_t lesion_weight(Random& random);

}  // namespace flnas::metrics
