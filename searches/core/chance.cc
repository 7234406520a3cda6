#include "searches/core/chance.h"

#include <algorithm>
#include <cmath>

namespace flnas::searches {

double expected_highest(std::size_t count) {
  // The integral of 1 - F(x)^count above 0, less that of F(x)^count below it, by the midpoint rule.
  constexpr double kStep = 1e-3, kEnd = 9;
  double sum = 0;
  for (double x = kStep / 2; x < kEnd; x += kStep) {
    const double below = 0.5 * std::erfc(x / std::sqrt(2.0));  // F(-x)
    sum += kStep * (1 - std::pow(1 - below, count) - std::pow(below, count));
  }
  return sum;
}

std::optional<BestByChance> best_by_chance(const std::vector<const Evaluation*>& evaluations, const BestRule& rule) {
  BestByChance mean, error;
  double count = 0;
  for (const Evaluation* evaluation : evaluations) {
    const DesignScores& scores = evaluation->scores;
    if (*scores.balanced_accuracy < rule.floor) continue;
    if (!scores.balanced_accuracy_se || !scores.unfairness_se) return std::nullopt;
    ++count;
    mean.unfairness += *scores.unfairness_sum, mean.balanced_accuracy += *scores.balanced_accuracy;
    error.unfairness += *scores.unfairness_se, error.balanced_accuracy += *scores.balanced_accuracy_se;
  }
  if (count == 0) return std::nullopt;
  const double luck = expected_highest(static_cast<std::size_t>(count));
  return BestByChance{
      .unfairness = std::max(0.0, (mean.unfairness - luck * error.unfairness) / count),
      .balanced_accuracy = std::min(1.0, (mean.balanced_accuracy + luck * error.balanced_accuracy) / count)};
}

}  // namespace flnas::searches
