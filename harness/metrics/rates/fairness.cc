#include "harness/metrics/rates/fairness.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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

const std::vector<std::pair<std::string, std::string>>& definitions() {
  static const std::vector<std::pair<std::string, std::string>> kDefinitions = {
      {"accuracy", "accuracy v1: share of rows whose prediction is the label"},
      {"balanced_accuracy", "balanced_accuracy v1: mean recall of the classes that have rows"},
      {"worst_group", "worst_group v1: lowest accuracy of a group that has rows; a resample takes its own lowest"},
      {"unfairness_mean", "unfairness_mean v1: mean over groups of |Acc_j - Acc_overall|, as FL-NAS prints it"},
      {"unfairness_sum", "unfairness_sum v1: sum over groups of |Acc_j - Acc_overall|, as FL-NAS's numbers imply"},
      {"eodd",
       "eodd v1: mean over pairs of max(|dTPR|, |dFPR|) where both exist; more than two classes: one-vs-rest, "
       "mean over pairs, then over classes"},
      {"eopp1", "eopp1 v1: mean over pairs of |dTPR|; more than two classes as eodd"},
      {"eopp2", "eopp2 v1: mean over pairs of |dTNR|; more than two classes as eodd"},
      {"sum_abs_dtnr", "sum_abs_dtnr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTNR|"},
      {"sum_abs_dtpr", "sum_abs_dtpr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTPR|"},
      {"sum_abs_dtpr_plus_dfpr",
       "sum_abs_dtpr_plus_dfpr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTPR + dFPR|; the gaps "
       "keep their signs, so that opposite ones cancel"},
      {"recall", "recall v1: share of a class's rows that are predicted as it"},
  };
  return kDefinitions;
}

}  // namespace flnas::metrics
