#include "harness/metrics/intervals/worst_of.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flnas::metrics {
namespace {

WorstOf lowest(const std::vector<Estimate>& groups) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  WorstOf worst{{kNaN, kNaN, kNaN}, 0};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (std::isnan(groups[g].value)) continue;
    if (!(worst.estimate.value <= groups[g].value)) worst.group = g;
    worst.estimate.value = std::fmin(worst.estimate.value, groups[g].value);
    worst.estimate.low = std::fmin(worst.estimate.low, groups[g].low);
    worst.estimate.high = std::fmin(worst.estimate.high, groups[g].high);
  }
  return worst;
}

}  // namespace

WorstOf worst_of(const std::function<std::vector<Estimate>(double level)>& groups, double level) {
  const auto found = groups(level);
  WorstOf worst = lowest(found);
  const auto contenders =
      std::count_if(found.begin(), found.end(), [&](const Estimate& each) { return each.low < worst.estimate.high; });
  if (contenders > 1) {
    worst.estimate.high = lowest(groups(1 - (1 - level) / static_cast<double>(contenders))).estimate.high;
  }
  worst.estimate.high = std::fmax(worst.estimate.high, worst.estimate.value);
  return worst;
}

}  // namespace flnas::metrics
