#include "harness/metrics/rates/fairness.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>

#include "harness/metrics/rates/pairwise.h"

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

void add_pairwise(const Outcomes& outcomes, const Tally& tally, const Support& support, MetricSet<double>& set) {
  const auto compared = compared_classes(outcomes);
  Terms eodd, eopp1, eopp2, dtnr, dtpr, dsum;
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    const PairMeans means(outcomes, tally, support, c);
    dtnr.add(means.tnr.mean());
    dtpr.add(means.tpr.mean());
    dsum.add(means.signed_sum.mean());
    if (std::find(compared.begin(), compared.end(), c) == compared.end()) continue;
    eodd.add(means.odds.mean());
    eopp1.add(means.tpr.mean());
    eopp2.add(means.tnr.mean());
  }
  set.eodd = eodd.mean();
  set.eopp1 = eopp1.mean();
  set.eopp2 = eopp2.mean();
  set.sum_abs_dtnr = dtnr.sum();
  set.sum_abs_dtpr = dtpr.sum();
  set.sum_abs_dtpr_plus_dfpr = dsum.sum();
}

}  // namespace

MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally) {
  return evaluate(outcomes, tally, support_of(outcomes, tally, 0));
}

MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally, const Support& support) {
  MetricSet<double> set;
  set.accuracy = tally.all.accuracy();
  set.balanced_accuracy = tally.all.balanced_accuracy();
  set.unknown = tally.unknown.accuracy();
  for (std::size_t c = 0; c < tally.all.classes(); ++c) set.recall.push_back(tally.all.tpr(c));
  Terms unfairness;
  set.worst_group = kUndefined;
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      const double accuracy = tally.groups[a][g].accuracy();
      set.groups.push_back(accuracy);
      if (!support.groups[a][g]) continue;
      unfairness.add(std::abs(accuracy - set.accuracy));
      if (!(accuracy >= set.worst_group) && !std::isnan(accuracy)) set.worst_group = accuracy;
    }
  }
  set.unfairness_mean = unfairness.mean();
  set.unfairness_sum = unfairness.sum();
  add_pairwise(outcomes, tally, support, set);
  return set;
}

PairUse pair_use(const Outcomes& outcomes, const Tally& tally) {
  PairUse use;
  const auto compared = compared_classes(outcomes);
  use.classes = static_cast<int>(compared.size());
  for_each_pair(outcomes, [&](std::size_t, std::size_t, std::size_t) { ++use.pairs; });
  // Keyed by attribute, group, class and rate, so that the list keeps the order of the groups.
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::string>, int> empty;
  for (const std::size_t c : compared) {
    const PairMeans means(outcomes, tally, c);
    use.eodd += means.odds.count();
    use.eopp1 += means.tpr.count();
    use.eopp2 += means.tnr.count();
    for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
      for (const std::size_t group : {first, second}) {
        const Counts& counts = tally.groups[a][group];
        if (counts.positives(c) == 0) ++empty[{a, group, c, "tpr"}];
        if (counts.negatives(c) == 0) ++empty[{a, group, c, "fpr and tnr"}];
      }
    });
  }
  for (const auto& [key, terms] : empty) {
    const auto& [a, group, c, rate] = key;
    use.empty.push_back({outcomes.attributes[a].groups[group], outcomes.classes[c], rate, terms});
  }
  return use;
}

std::size_t place_in_set(std::string_view metric) {
  const auto found = std::ranges::find(kMetricNames, metric);
  if (found == std::end(kMetricNames)) {
    throw std::invalid_argument("no metric of a single value: " + std::string(metric));
  }
  return static_cast<std::size_t>(found - std::begin(kMetricNames));
}

}  // namespace flnas::metrics
