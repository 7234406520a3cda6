#include "harness/metrics/worst_of.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flnas::metrics {

WorstOf worst_of(const std::vector<double>& values, const std::vector<std::vector<double>>& draws,
                 const BootstrapConfig& config) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  WorstOf worst{{kNaN, kNaN, kNaN}, 0};
  const auto compared = std::count_if(values.begin(), values.end(), [](double value) { return !std::isnan(value); });
  const double tail = (1 - config.level) / 2;
  bool known = true;
  double low = INFINITY, high = INFINITY;
  for (std::size_t g = 0; g < values.size(); ++g) {
    if (std::isnan(values[g])) continue;
    if (!(worst.estimate.value <= values[g])) {
      worst.estimate.value = values[g];
      worst.group = g;
    }
    std::vector<double> defined;
    std::copy_if(draws[g].begin(), draws[g].end(), std::back_inserter(defined),
                 [](double value) { return !std::isnan(value); });
    const auto undefined = static_cast<double>(draws[g].size() - defined.size());
    known = known && !defined.empty() && undefined <= config.most_undefined * static_cast<double>(draws[g].size());
    std::sort(defined.begin(), defined.end());
    low = std::min({low, values[g], quantile(defined, tail)});
    high = std::min(high, std::max(values[g], quantile(defined, 1 - tail / static_cast<double>(compared))));
  }
  if (compared == 0 || !known) return worst;
  worst.estimate.low = low;
  worst.estimate.high = high;
  return worst;
}

}  // namespace flnas::metrics
