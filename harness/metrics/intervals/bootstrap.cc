#include "harness/metrics/intervals/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "harness/base/random.h"
#include "harness/metrics/intervals/lesions.h"

namespace flnas::metrics {
namespace {

std::vector<double> flatten(const MetricSet<double>& set) {
  std::vector<double> values;
  MetricSet<double>::for_each_value(set, [&](double value) { values.push_back(value); });
  return values;
}

/// Figures of all rows and of each resample.
struct Drawn {
  std::vector<double> point;
  std::vector<std::vector<double>> draws;
};

Drawn draw(const Outcomes& outcomes, const Figures& figures, const BootstrapConfig& config) {
  check(outcomes);
  Drawn drawn{figures(tally(outcomes)), {}};
  drawn.draws.reserve(static_cast<std::size_t>(config.resamples));
  const LesionCells rows(outcomes);
  const std::uint64_t lesions = rows.lesions();
  std::vector<std::int64_t> times(rows.cells());
  Tally tally(outcomes);
  Random random(config.seed);
  for (int b = 0; b < config.resamples; ++b) {
    std::fill(times.begin(), times.end(), 0);
    for (std::uint64_t draw = 0; draw < lesions; ++draw) {
      rows.add(static_cast<std::size_t>(random.below(lesions)), 1, times);
    }
    rows.fill(times, tally);
    drawn.draws.push_back(figures(tally));
  }
  return drawn;
}

Estimate interval(double value, std::vector<double>& column, const BootstrapConfig& config) {
  const double undefined = static_cast<double>(config.resamples) - static_cast<double>(column.size());
  if (std::isnan(value) || column.empty() || undefined > config.most_undefined * config.resamples) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {value, nan, nan};
  }
  std::sort(column.begin(), column.end());
  const double tail = (1 - config.level) / 2;
  return {value, quantile(column, tail), quantile(column, 1 - tail)};
}

std::vector<Estimate> estimates(const std::vector<double>& point, const std::vector<std::vector<double>>& draws,
                                const BootstrapConfig& config) {
  std::vector<Estimate> found;
  for (std::size_t figure = 0; figure < point.size(); ++figure) {
    std::vector<double> defined;
    defined.reserve(draws.size());
    for (const auto& draw : draws) {
      if (!std::isnan(draw[figure])) defined.push_back(draw[figure]);
    }
    found.push_back(interval(point[figure], defined, config));
  }
  return found;
}

}  // namespace

std::vector<double> draws_of(const Resampled& resampled, std::string_view metric) {
  const std::size_t column = place_in_set(metric);
  std::vector<double> draws;
  draws.reserve(resampled.draws.size());
  for (const auto& draw : resampled.draws) draws.push_back(draw[column]);
  return draws;
}

Resampled resample(const Outcomes& outcomes, const BootstrapConfig& config) {
  Drawn drawn = draw(
      outcomes, [&](const Tally& tally) { return flatten(evaluate(outcomes, tally)); }, config);
  std::size_t groups = 0;
  for (const auto& attribute : outcomes.attributes) groups += attribute.groups.size();
  return {std::move(drawn.point), std::move(drawn.draws), outcomes.classes.size(), groups, config};
}

MetricSet<Estimate> intervals(const Resampled& resampled) {
  MetricSet<Estimate> set;
  set.recall.resize(resampled.recalls);
  set.groups.resize(resampled.groups);
  const auto found = estimates(resampled.point, resampled.draws, resampled.config);
  auto next = found.begin();
  MetricSet<Estimate>::for_each_value(set, [&](Estimate& estimate) { estimate = *next++; });
  return set;
}

std::vector<Estimate> bootstrap(const Outcomes& outcomes, const Figures& figures, const BootstrapConfig& config) {
  const Drawn drawn = draw(outcomes, figures, config);
  return estimates(drawn.point, drawn.draws, config);
}

MetricSet<Estimate> bootstrap(const Outcomes& outcomes, const BootstrapConfig& config) {
  return intervals(resample(outcomes, config));
}

}  // namespace flnas::metrics
