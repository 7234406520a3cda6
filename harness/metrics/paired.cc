#include "harness/metrics/paired.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kRounding = 1e-12;  // rounding must not tell equal differences apart

/// A row of both classifiers.
struct Row {
  std::vector<int> group;
  int label, first, second;
  auto operator<=>(const Row&) const = default;
};

/// Lesions whose rows are the same, as often as there are such lesions.
using Patterns = std::map<std::vector<Row>, std::int64_t>;

Patterns patterns_of(const Outcomes& first, const Outcomes& second) {
  std::vector<std::vector<Row>> lesions(static_cast<std::size_t>(lesion_count(first)));
  for (std::size_t row = 0; row < first.labels.size(); ++row) {
    Row& found = lesions[static_cast<std::size_t>(first.lesions[row])].emplace_back();
    for (const auto& column : first.groups) found.group.push_back(column[row]);
    found.label = first.labels[row];
    found.first = first.predictions[row];
    found.second = second.predictions[row];
  }
  Patterns patterns;
  for (auto& lesion : lesions) {
    std::sort(lesion.begin(), lesion.end());
    ++patterns[lesion];
  }
  return patterns;
}

bool differ(const std::vector<Row>& lesion) {
  return std::any_of(lesion.begin(), lesion.end(), [](const Row& row) { return row.first != row.second; });
}

/// Heads of so many coins.
std::int64_t heads(std::int64_t coins, Random& random) {
  std::int64_t found = 0;
  for (; coins >= 64; coins -= 64) found += std::popcount(random.bits());
  if (coins > 0) found += std::popcount(random.bits() >> (64 - coins));
  return found;
}

std::vector<double> flat(const Outcomes& outcomes, const Tally& counts, const Support& support) {
  std::vector<double> values;
  const auto set = evaluate(outcomes, counts, support);
  MetricSet<double>::for_each_value(set, [&](double value) { values.push_back(value); });
  return values;
}

void add(Tally& to, const std::vector<Row>& lesion, int Row::*answer, std::int64_t times) {
  if (times == 0) return;
  for (const Row& row : lesion) to.add(row.group, row.label, row.*answer, times);
}

/// By metric: the two-sided p-value of the difference, by exchanging lesions' answers.
std::vector<double> exchange_tests(const Outcomes& first, const Outcomes& second, const Support& support,
                                   const std::vector<double>& observed, const BootstrapConfig& config) {
  Tally alike(first);
  std::vector<std::pair<std::vector<Row>, std::int64_t>> exchanged;
  for (const auto& [lesion, times] : patterns_of(first, second)) {
    if (differ(lesion)) {
      exchanged.emplace_back(lesion, times);
    } else {
      add(alike, lesion, &Row::first, times);
    }
  }
  std::vector<std::int64_t> reached(observed.size(), 1);
  Random random(mix_seed(config.seed, 2));
  for (int draw = 0; draw < config.resamples; ++draw) {
    Tally one = alike, other = alike;
    for (const auto& [lesion, times] : exchanged) {
      const std::int64_t kept = heads(times, random);
      add(one, lesion, &Row::first, kept), add(one, lesion, &Row::second, times - kept);
      add(other, lesion, &Row::second, kept), add(other, lesion, &Row::first, times - kept);
    }
    const auto a = flat(first, one, support), b = flat(first, other, support);
    for (std::size_t metric = 0; metric < observed.size(); ++metric) {
      if (std::abs(a[metric] - b[metric]) >= std::abs(observed[metric]) - kRounding) ++reached[metric];
    }
  }
  std::vector<double> p;
  for (std::size_t metric = 0; metric < observed.size(); ++metric) {
    p.push_back(std::isnan(observed[metric])
                    ? kUndefined
                    : static_cast<double>(reached[metric]) / static_cast<double>(config.resamples + 1));
  }
  return p;
}

/// The quantiles of the draws' differences, moved so that their mean is the value.
Difference interval(double value, std::vector<double> draws, double level) {
  if (std::isnan(value) || draws.empty()) return {value, kUndefined, kUndefined, kUndefined};
  double mean = 0;
  for (const double draw : draws) mean += draw / static_cast<double>(draws.size());
  std::sort(draws.begin(), draws.end());
  const double tail = (1 - level) / 2;
  return {value, std::min(value, value + quantile(draws, tail) - mean),
          std::max(value, value + quantile(draws, 1 - tail) - mean), kUndefined};
}

}  // namespace

int resamples_for(int comparisons, int least) { return std::max(least, 200 * comparisons); }

double mcnemar_by_lesion(const Outcomes& first, const Outcomes& second) {
  std::vector<std::int64_t> difference(static_cast<std::size_t>(lesion_count(first)));
  for (std::size_t row = 0; row < first.labels.size(); ++row) {
    const int label = first.labels[row];
    difference[static_cast<std::size_t>(first.lesions[row])] +=
        (first.predictions[row] == label ? 1 : 0) - (second.predictions[row] == label ? 1 : 0);
  }
  std::int64_t observed = 0, most = 0;
  for (const std::int64_t each : difference) {
    observed += each;
    most += std::abs(each);
  }
  // The distribution of the sum when each difference has either sign: share[most + sum].
  std::vector<double> share(static_cast<std::size_t>(2 * most + 1));
  share[static_cast<std::size_t>(most)] = 1;
  std::int64_t reach = 0;
  for (const std::int64_t each : difference) {
    const std::int64_t step = std::abs(each);
    if (step == 0) continue;
    std::vector<double> next(share.size());
    for (std::int64_t sum = -reach; sum <= reach; ++sum) {
      const double half = share[static_cast<std::size_t>(most + sum)] / 2;
      if (half == 0) continue;
      next[static_cast<std::size_t>(most + sum + step)] += half;
      next[static_cast<std::size_t>(most + sum - step)] += half;
    }
    share = std::move(next);
    reach += step;
  }
  double p = 0;
  for (std::int64_t sum = -most; sum <= most; ++sum) {
    if (std::abs(sum) >= std::abs(observed)) p += share[static_cast<std::size_t>(most + sum)];
  }
  return std::min(1.0, p);
}

MetricSet<Difference> paired_difference(const Outcomes& first, const Outcomes& second, const Support& support,
                                        const Resampled& first_draws, const Resampled& second_draws) {
  std::vector<double> observed;
  for (std::size_t metric = 0; metric < first_draws.point.size(); ++metric) {
    observed.push_back(first_draws.point[metric] - second_draws.point[metric]);
  }
  const auto p = exchange_tests(first, second, support, observed, first_draws.config);
  MetricSet<Difference> set;
  set.recall.resize(first_draws.recalls);
  set.groups.resize(first_draws.groups);
  std::size_t metric = 0;
  MetricSet<Difference>::for_each_value(set, [&](Difference& found) {
    std::vector<double> draws;
    for (std::size_t b = 0; b < first_draws.draws.size(); ++b) {
      draws.push_back(first_draws.draws[b][metric] - second_draws.draws[b][metric]);
    }
    found = interval(observed[metric], std::move(draws), first_draws.config.level);
    found.p = p[metric];
    ++metric;
  });
  return set;
}

}  // namespace flnas::metrics
