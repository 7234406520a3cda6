#include "harness/metrics/comparison/significance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

Difference difference_of(double value, std::vector<double>& draws, const BootstrapConfig& config) {
  const double undefined = static_cast<double>(config.resamples) - static_cast<double>(draws.size());
  if (std::isnan(value) || draws.empty() || undefined > config.most_undefined * config.resamples) {
    return {value, kUndefined, kUndefined, kUndefined};
  }
  std::sort(draws.begin(), draws.end());
  const double tail = (1 - config.level) / 2;
  const auto not_above = std::upper_bound(draws.begin(), draws.end(), 0.0) - draws.begin();
  const auto not_below = draws.end() - std::lower_bound(draws.begin(), draws.end(), 0.0);
  const double side = static_cast<double>(std::min(not_above, not_below) + 1) / static_cast<double>(draws.size() + 1);
  return {value, quantile(draws, tail), quantile(draws, 1 - tail), std::min(1.0, 2 * side)};
}

}  // namespace

double mcnemar(std::int64_t only_first, std::int64_t only_second) {
  const std::int64_t fewer = std::min(only_first, only_second);
  const auto discordant = static_cast<double>(only_first + only_second);
  double tail = 0;
  for (std::int64_t k = 0; k <= fewer; ++k) {
    const auto hits = static_cast<double>(k);
    tail += std::exp(std::lgamma(discordant + 1) - std::lgamma(hits + 1) - std::lgamma(discordant - hits + 1) -
                     discordant * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size(), kUndefined);
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(order.size() - rank) * p[order[rank]]));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

MetricSet<Difference> difference(const Resampled& first, const Resampled& second, const BootstrapConfig& config) {
  MetricSet<Difference> set;
  set.recall.resize(first.recalls);
  set.groups.resize(first.groups);
  std::size_t metric = 0;
  MetricSet<Difference>::for_each_value(set, [&](Difference& result) {
    std::vector<double> draws;
    draws.reserve(first.draws.size());
    for (std::size_t b = 0; b < first.draws.size(); ++b) {
      const double gap = first.draws[b][metric] - second.draws[b][metric];
      if (!std::isnan(gap)) draws.push_back(gap);
    }
    result = difference_of(first.point[metric] - second.point[metric], draws, config);
    ++metric;
  });
  return set;
}

}  // namespace flnas::metrics
