#include "harness/metrics/scores/operating_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "harness/base/error.h"

namespace flnas::metrics {

std::optional<OperatingPoint> choose_operating_point(std::span<const double> scores,
                                                     std::span<const std::uint8_t> positive) {
  if (scores.size() != positive.size()) {
    throw DataError(fmt::format("operating point: {} scores for {} labels", scores.size(), positive.size()));
  }
  if (std::any_of(scores.begin(), scores.end(), [](double score) { return std::isnan(score); })) {
    throw DataError("operating point: a score is not a number");
  }
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  const auto positives = static_cast<double>(std::count(positive.begin(), positive.end(), std::uint8_t{1}));
  const double negatives = static_cast<double>(scores.size()) - positives;
  if (positives == 0 || negatives == 0) return std::nullopt;

  std::optional<OperatingPoint> best;
  double missed = 0, refused = 0;  // positives and negatives below the threshold
  for (std::size_t i = 0; i <= order.size(); ++i) {
    const bool first = i == 0, last = i == order.size();
    if (first || last || scores[order[i]] != scores[order[i - 1]]) {
      const double threshold = first  ? scores[order[0]]
                               : last ? std::nextafter(scores[order[i - 1]], INFINITY)
                                      : (scores[order[i - 1]] + scores[order[i]]) / 2;
      const double balanced = ((positives - missed) / positives + refused / negatives) / 2;
      const bool nearer =
          best && balanced == best->balanced_accuracy && std::abs(threshold - 0.5) < std::abs(best->threshold - 0.5);
      if (!best || balanced > best->balanced_accuracy || nearer) best = OperatingPoint{threshold, balanced};
    }
    if (!last) (positive[order[i]] != 0 ? missed : refused) += 1;
  }
  return best;
}

}  // namespace flnas::metrics
