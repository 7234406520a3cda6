#include "harness/metrics/scores/auroc.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/error.h"
#include "harness/metrics/scores/ranks.h"

namespace flnas::metrics {

std::optional<double> auroc(std::span<const double> scores, std::span<const std::uint8_t> positive) {
  if (scores.size() != positive.size()) {
    throw DataError(fmt::format("auroc: {} scores for {} labels", scores.size(), positive.size()));
  }
  if (std::any_of(scores.begin(), scores.end(), [](double score) { return std::isnan(score); })) return std::nullopt;
  const std::vector<double> rank = ranks({scores.begin(), scores.end()});
  double positives = 0, rank_sum = 0;
  for (std::size_t i = 0; i < rank.size(); ++i) {
    if (positive[i] == 0) continue;
    ++positives;
    rank_sum += rank[i];
  }
  const double negatives = static_cast<double>(rank.size()) - positives;
  if (positives == 0 || negatives == 0) return std::nullopt;
  return (rank_sum - positives * (positives - 1) / 2) / (positives * negatives);
}

std::optional<double> macro_auroc(std::span<const float> probabilities, std::span<const std::int64_t> labels,
                                  std::size_t classes) {
  if (probabilities.size() != labels.size() * classes) {
    throw DataError(fmt::format("auroc: {} probabilities for {} labels of {} classes", probabilities.size(),
                                labels.size(), classes));
  }
  std::vector<double> scores(labels.size());
  std::vector<std::uint8_t> positive(labels.size());
  double sum = 0, defined = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      scores[i] = probabilities[i * classes + k];
      positive[i] = labels[i] == static_cast<std::int64_t>(k) ? 1 : 0;
    }
    if (const auto area = auroc(scores, positive)) {
      sum += *area;
      ++defined;
    }
  }
  return defined > 0 ? std::optional(sum / defined) : std::nullopt;
}

}  // namespace flnas::metrics
