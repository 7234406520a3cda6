#include "harness/metrics/comparison/ahead.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/metrics/intervals/rate_interval.h"

namespace flnas::metrics {

Ahead ahead_of_best(const std::vector<Difference>& gaps) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto defined = [](const Difference& gap) { return !std::isnan(gap.value); };
  const auto others = std::count_if(gaps.begin(), gaps.end(), defined);
  if (others == 0) return {kNaN, kNaN, kNaN, kNaN, 0};
  constexpr double kTail = 0.025;
  const double wider = normal_quantile(1 - kTail / static_cast<double>(others)) / normal_quantile(1 - kTail);
  Ahead found{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
              std::numeric_limits<double>::infinity(), 0, 0};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Difference& gap = gaps[i];
    if (!defined(gap)) continue;
    if (gap.value < found.value) found.value = gap.value, found.other = i;
    // An interval that is not known (NaN) leaves that of the least unknown too.
    found.low = std::isnan(gap.low) || std::isnan(found.low) ? kNaN : std::min(found.low, gap.low);
    const double high = gap.value + wider * (gap.high - gap.value);
    found.high = std::isnan(high) || std::isnan(found.high) ? kNaN : std::min(found.high, high);
    const double p = gap.value > 0 ? gap.p : 1;
    found.p = std::isnan(p) || std::isnan(found.p) ? kNaN : std::max(found.p, p);
  }
  return found;
}

}  // namespace flnas::metrics
