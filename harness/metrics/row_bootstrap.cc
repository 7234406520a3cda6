#include "harness/metrics/row_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "harness/base/random.h"

namespace flnas::metrics {

Estimate percentile_interval(double value, std::vector<double> draws, const BootstrapConfig& config) {
  const auto all = static_cast<double>(draws.size());
  std::erase_if(draws, [](double draw) { return std::isnan(draw); });
  const double undefined = all - static_cast<double>(draws.size());
  if (std::isnan(value) || draws.empty() || undefined > config.most_undefined * all) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {value, nan, nan};
  }
  std::sort(draws.begin(), draws.end());
  const double tail = (1 - config.level) / 2;
  return {value, std::min(value, quantile(draws, tail)), std::max(value, quantile(draws, 1 - tail))};
}

Estimate RowDraws::estimate(std::size_t figure) const {
  return percentile_interval(point[figure], draws[figure], config);
}

Estimate RowDraws::difference(std::size_t first, std::size_t second) const {
  std::vector<double> gaps;
  for (std::size_t b = 0; b < draws[first].size(); ++b) gaps.push_back(draws[first][b] - draws[second][b]);
  return percentile_interval(point[first] - point[second], std::move(gaps), config);
}

RowDraws row_bootstrap(const std::vector<int>& units, const RowFigures& figures, const BootstrapConfig& config) {
  std::vector<std::uint32_t> times(units.size(), 1);
  RowDraws drawn{figures(times), {}, config};
  drawn.draws.resize(drawn.point.size());
  const auto count = units.empty() ? 0U : static_cast<std::uint64_t>(*std::max_element(units.begin(), units.end())) + 1;
  std::vector<std::uint32_t> of_unit(count);
  Random random(config.seed);
  for (int b = 0; b < config.resamples && count > 0; ++b) {
    std::fill(of_unit.begin(), of_unit.end(), 0U);
    for (std::uint64_t draw = 0; draw < count; ++draw) ++of_unit[static_cast<std::size_t>(random.below(count))];
    for (std::size_t row = 0; row < units.size(); ++row) times[row] = of_unit[static_cast<std::size_t>(units[row])];
    const auto values = figures(times);
    for (std::size_t f = 0; f < values.size(); ++f) drawn.draws[f].push_back(values[f]);
  }
  return drawn;
}

}  // namespace flnas::metrics
