#include "harness/metrics/rates/support.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "harness/metrics/rates/pairwise.h"

namespace flnas::metrics {

Support support_of(const Outcomes& outcomes, const Tally& tally, int min_rows) {
  const std::int64_t least = std::max(min_rows, 1);
  Support support{.min_rows = min_rows, .groups = {}, .tpr = {}, .fpr = {}};
  for (const auto& attribute : tally.groups) {
    auto& counted = support.groups.emplace_back();
    for (const Counts& counts : attribute) counted.push_back(counts.rows() >= least);
  }
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    auto& tpr = support.tpr.emplace_back();
    auto& fpr = support.fpr.emplace_back();
    for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
      const Counts &one = tally.groups[a][first], &other = tally.groups[a][second];
      tpr.push_back(std::min(one.positives(c), other.positives(c)) >= least);
      fpr.push_back(std::min(one.negatives(c), other.negatives(c)) >= least);
    });
  }
  return support;
}

TermUse term_use(const Outcomes& outcomes, const Tally& tally, const Support& support) {
  const std::int64_t least = std::max(support.min_rows, 1);
  TermUse use;
  use.min_rows = support.min_rows;
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      ++use.groups;
      use.groups_used += support.groups[a][g] ? 1 : 0;
      if (!support.groups[a][g])
        use.lacking.push_back({outcomes.attributes[a].groups[g], "", "accuracy", tally.groups[a][g].rows(), 1});
    }
  }
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    for (std::size_t pair = 0; pair < support.tpr[c].size(); ++pair) {
      const bool tpr = support.tpr[c][pair], fpr = support.fpr[c][pair];
      use.dtpr += tpr ? 1 : 0;
      use.dtnr += fpr ? 1 : 0;
      use.dtpr_plus_dfpr += tpr && fpr ? 1 : 0;
    }
  }
  const auto compared = compared_classes(outcomes);
  use.classes = static_cast<int>(compared.size());
  // Keyed by attribute, group, class and rate, so that the list keeps the order of the groups.
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, bool>, int> lacking;
  for (const std::size_t c : compared) {
    std::size_t pair = 0;
    for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
      const bool tpr = support.tpr[c][pair], fpr = support.fpr[c][pair];
      use.eopp1 += tpr ? 1 : 0;
      use.eopp2 += fpr ? 1 : 0;
      use.eodd += tpr && fpr ? 1 : 0;
      for (const std::size_t group : {first, second}) {
        if (tally.groups[a][group].positives(c) < least) ++lacking[{a, group, c, false}];
        if (tally.groups[a][group].negatives(c) < least) ++lacking[{a, group, c, true}];
      }
      ++pair;
    });
    use.pairs = static_cast<int>(pair);
  }
  for (const auto& [key, terms] : lacking) {
    const auto& [a, group, c, negative] = key;
    const Counts& counts = tally.groups[a][group];
    use.lacking.push_back({outcomes.attributes[a].groups[group], outcomes.classes[c], negative ? "fpr and tnr" : "tpr",
                           negative ? counts.negatives(c) : counts.positives(c), terms});
  }
  return use;
}

std::vector<std::size_t> compared_classes(const Outcomes& outcomes) {
  if (outcomes.classes.size() == 2) return {static_cast<std::size_t>(outcomes.positive)};
  std::vector<std::size_t> all(outcomes.classes.size());
  for (std::size_t c = 0; c < all.size(); ++c) all[c] = c;
  return all;
}

}  // namespace flnas::metrics
