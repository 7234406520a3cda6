#include "harness/metrics/scores/auroc_interval.h"

#include <algorithm>
#include <cmath>

namespace flnas::metrics {
namespace {

/// One of the means that the figure is made of.
struct Part {
  double below, above;              ///< from the value to the ends of its interval
  std::vector<double> of_lesion{};  ///< what each lesion adds to it, divided by the root of the sum of their squares
};

Part part_of(const std::vector<UnitSum>& units, double level) {
  constexpr double kMost = 1;
  const Estimate mean = bounded_mean_interval(units, kMost, level);
  Part found{mean.value - mean.low, mean.high - mean.value};
  double squares = 0;
  for (const UnitSum& unit : units) {
    found.of_lesion.push_back(unit.sum - mean.value * unit.rows);
    squares += found.of_lesion.back() * found.of_lesion.back();
  }
  for (double& value : found.of_lesion) value = squares > 0 ? value / std::sqrt(squares) : 0;
  return found;
}

double correlation(const Part& first, const Part& second) {
  double sum = 0;
  for (std::size_t lesion = 0; lesion < first.of_lesion.size(); ++lesion) {
    sum += first.of_lesion[lesion] * second.of_lesion[lesion];
  }
  return sum;
}

}  // namespace

Estimate auroc_interval(const std::vector<Ranking>& rankings, double level) {
  std::vector<Influence> areas;
  std::vector<Part> parts;
  for (const Ranking& ranking : rankings) {
    areas.push_back(ranking.auroc());
    if (std::isnan(areas.back().value)) continue;
    const auto placements = ranking.placements();
    parts.push_back(part_of(placements.of_positives, level));
    parts.push_back(part_of(placements.of_negatives, level));
  }
  const double value = mean_of(areas).value;
  double below = 0, above = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double times = i == j ? 1 : 2 * correlation(parts[i], parts[j]);
      below += times * parts[i].below * parts[j].below;
      above += times * parts[i].above * parts[j].above;
    }
  }
  const double of_rankings = static_cast<double>(parts.size()) / 2;
  if (parts.empty()) return {value, value, value};
  return {value, std::max(value - std::sqrt(std::max(below, 0.0)) / of_rankings, 0.0),
          std::min(value + std::sqrt(std::max(above, 0.0)) / of_rankings, 1.0)};
}

}  // namespace flnas::metrics
