#include "harness/metrics/rates/pairwise.h"

#include <algorithm>

namespace flnas::metrics {

double Gaps::odds() const {
  if (std::isnan(tpr) || std::isnan(fpr)) return std::numeric_limits<double>::quiet_NaN();
  return std::max(std::abs(tpr), std::abs(fpr));
}

PairMeans::PairMeans(const Outcomes& outcomes, const Tally& tally, std::size_t c)
    : PairMeans(outcomes, tally, support_of(outcomes, tally, 0), c) {}

PairMeans::PairMeans(const Outcomes& outcomes, const Tally& tally, const Support& support, std::size_t c) {
  std::size_t pair = 0;
  for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
    const Gaps gaps(tally.groups[a][first], tally.groups[a][second], c);
    const bool has_tpr = support.tpr[c][pair], has_fpr = support.fpr[c][pair];
    ++pair;
    if (has_tpr && has_fpr) odds.add(gaps.odds());
    if (has_tpr) tpr.add(std::abs(gaps.tpr));
    if (has_fpr) tnr.add(std::abs(gaps.tnr));
    if (has_tpr && has_fpr) signed_sum.add(std::abs(gaps.tpr + gaps.fpr));
  });
}

}  // namespace flnas::metrics
