#include "harness/metrics/pairwise.h"

#include <algorithm>

namespace flnas::metrics {

double Gaps::odds() const {
  if (std::isnan(tpr) || std::isnan(fpr)) return std::numeric_limits<double>::quiet_NaN();
  return std::max(std::abs(tpr), std::abs(fpr));
}

PairMeans::PairMeans(const Outcomes& outcomes, const Tally& tally, std::size_t c) {
  for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
    const Gaps gaps(tally.groups[a][first], tally.groups[a][second], c);
    odds.add(gaps.odds());
    tpr.add(std::abs(gaps.tpr));
    tnr.add(std::abs(gaps.tnr));
    signed_sum.add(std::abs(gaps.tpr + gaps.fpr));
  });
}

}  // namespace flnas::metrics
