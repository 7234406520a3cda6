#include "harness/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

/// Rows that no metric can tell apart: same groups, label and prediction.
struct Cell {
  std::vector<int> group;
  int label;
  int prediction;
  auto operator<=>(const Cell&) const = default;
};

/// The rows as cells, and each lesion as the cells of its rows: one resample then adds a few integers per lesion.
struct Cells {
  explicit Cells(const Outcomes& outcomes) : starts(static_cast<std::size_t>(lesion_count(outcomes)) + 1) {
    const std::size_t rows = outcomes.labels.size();
    std::map<Cell, std::uint32_t> index;
    std::vector<std::uint32_t> of_row(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      Cell cell{{}, outcomes.labels[row], outcomes.predictions[row]};
      for (const auto& column : outcomes.groups) cell.group.push_back(column[row]);
      of_row[row] = index.emplace(cell, static_cast<std::uint32_t>(index.size())).first->second;
      ++starts[static_cast<std::size_t>(outcomes.lesions[row]) + 1];
    }
    for (std::size_t lesion = 1; lesion < starts.size(); ++lesion) starts[lesion] += starts[lesion - 1];
    of_lesion.resize(rows);
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::size_t row = 0; row < rows; ++row) {
      of_lesion[next[static_cast<std::size_t>(outcomes.lesions[row])]++] = of_row[row];
    }
    cells.resize(index.size());
    for (const auto& [cell, at] : index) cells[at] = cell;
  }

  std::vector<Cell> cells;
  std::vector<std::uint32_t> of_lesion;  // the cells of lesion i: starts[i] until starts[i + 1]
  std::vector<std::uint32_t> starts;
};

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
  const Cells rows(outcomes);
  const auto lesions = static_cast<std::uint64_t>(rows.starts.size() - 1);
  std::vector<std::int64_t> times(rows.cells.size());
  Tally tally(outcomes);
  Random random(config.seed);
  for (int b = 0; b < config.resamples; ++b) {
    std::fill(times.begin(), times.end(), 0);
    for (std::uint64_t draw = 0; draw < lesions; ++draw) {
      const auto lesion = static_cast<std::size_t>(random.below(lesions));
      for (std::uint32_t at = rows.starts[lesion]; at < rows.starts[lesion + 1]; ++at) ++times[rows.of_lesion[at]];
    }
    tally.clear();
    for (std::size_t cell = 0; cell < times.size(); ++cell) {
      if (times[cell] == 0) continue;
      tally.add(rows.cells[cell].group, rows.cells[cell].label, rows.cells[cell].prediction, times[cell]);
    }
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

double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(at), sorted.size() - 1);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<double> draws_of(const Resampled& resampled, std::string_view metric) {
  const auto& names = definitions();  // in the order of MetricSet, the single values first
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == metric; });
  if (found == names.end() || metric == "recall") {
    throw std::invalid_argument("no metric of a single value: " + std::string(metric));
  }
  const auto column = static_cast<std::size_t>(found - names.begin());
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
