#include "harness/metrics/comparison/paired.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
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

/// By metric: sizes of the difference when lesions' answers are exchanged at random, largest first.
std::vector<std::vector<double>> exchanged_differences(const Outcomes& first, const Outcomes& second,
                                                       const Support& support, std::size_t metrics,
                                                       const BootstrapConfig& config) {
  Tally alike(first);
  std::vector<std::pair<std::vector<Row>, std::int64_t>> exchanged;
  for (const auto& [lesion, times] : patterns_of(first, second)) {
    if (differ(lesion)) {
      exchanged.emplace_back(lesion, times);
    } else {
      add(alike, lesion, &Row::first, times);
    }
  }
  std::vector<std::vector<double>> sizes(metrics);
  Random random(mix_seed(config.seed, 2));
  for (int draw = 0; draw < config.resamples; ++draw) {
    Tally one = alike, other = alike;
    for (const auto& [lesion, times] : exchanged) {
      const std::int64_t kept = heads(times, random);
      add(one, lesion, &Row::first, kept), add(one, lesion, &Row::second, times - kept);
      add(other, lesion, &Row::second, kept), add(other, lesion, &Row::first, times - kept);
    }
    const auto a = flat(first, one, support), b = flat(first, other, support);
    for (std::size_t metric = 0; metric < metrics; ++metric) sizes[metric].push_back(std::abs(a[metric] - b[metric]));
  }
  for (auto& each : sizes) std::sort(each.begin(), each.end(), std::greater<>());
  return sizes;
}

/// Share of the sizes that are at least the difference, itself counted among them.
double exchange_test(double difference, const std::vector<double>& sizes) {
  const auto reached =
      std::count_if(sizes.begin(), sizes.end(), [&](double size) { return size >= std::abs(difference) - kRounding; });
  return static_cast<double>(reached + 1) / static_cast<double>(sizes.size() + 1);
}

/// The largest difference whose exchange_test() is above 1 - level; infinite where there are too few draws to say.
double not_told_apart(const std::vector<double>& sizes, double level) {
  const auto beyond = static_cast<std::size_t>((1 - level) * static_cast<double>(sizes.size() + 1) + kRounding);
  return beyond == 0 ? std::numeric_limits<double>::infinity() : sizes[beyond - 1];
}

std::vector<double> drawn_gaps(const Resampled& first, const Resampled& second, std::size_t metric) {
  std::vector<double> gaps;
  for (std::size_t b = 0; b < first.draws.size(); ++b) {
    gaps.push_back(first.draws[b][metric] - second.draws[b][metric]);
  }
  return gaps;
}

double mean_of(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  return mean;
}

/// The quantiles of the draws' differences, moved so that their mean is the value.
Difference interval(double value, std::vector<double> draws, double level) {
  if (std::isnan(value) || draws.empty()) return {value, kUndefined, kUndefined, kUndefined};
  const double mean = mean_of(draws);
  std::sort(draws.begin(), draws.end());
  const double tail = (1 - level) / 2;
  return {value, std::min(value, value + quantile(draws, tail) - mean),
          std::max(value, value + quantile(draws, 1 - tail) - mean), kUndefined};
}

/// By metric the interval of the draws; `add(metric, difference)` adds to one that is defined.
template <class Add>
MetricSet<Difference> differences(const Resampled& first, const Resampled& second, Add add) {
  MetricSet<Difference> set;
  set.recall.resize(first.recalls);
  set.groups.resize(first.groups);
  std::size_t metric = 0;
  MetricSet<Difference>::for_each_value(set, [&](Difference& found) {
    found = interval(first.point[metric] - second.point[metric], drawn_gaps(first, second, metric), first.config.level);
    if (!std::isnan(found.value)) add(metric, found);
    ++metric;
  });
  return set;
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
                                        const Resampled& first_draws, const Resampled& second_draws, Rules rules) {
  const BootstrapConfig& config = first_draws.config;
  const auto sizes = exchanged_differences(first, second, support, first_draws.point.size(), config);
  return differences(first_draws, second_draws, [&](std::size_t metric, Difference& found) {
    found.p = exchange_test(found.value, sizes[metric]);
    if (rules < Rules::kVersion3) return;
    const double reach = not_told_apart(sizes[metric], config.level);
    found.low = std::min(found.low, found.value - reach);
    found.high = std::max(found.high, found.value + reach);
    if (found.low == found.high) found.low = found.high = kUndefined;  // no answer that it rests on differs
  });
}

MetricSet<Difference> independent_difference(const Resampled& first_draws, const Resampled& second_draws) {
  return differences(first_draws, second_draws, [&](std::size_t metric, Difference& found) {
    const auto gaps = drawn_gaps(first_draws, second_draws, metric);
    const double mean = mean_of(gaps);
    double reached = 1;
    for (const double gap : gaps) reached += std::abs(gap - mean) >= std::abs(found.value) - kRounding ? 1 : 0;
    found.p = reached / static_cast<double>(gaps.size() + 1);
  });
}

}  // namespace flnas::metrics
