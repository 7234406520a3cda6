// Searches on tables: the fronts they end with against the true front.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/figures/nas_strategies.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860;

using Rows = std::vector<std::vector<double>>;

/// What the search minimised beside the error: latency in ms, or energy in mJ.
double cost_of(const NasPoint& point, bool energy) {
  return energy ? point.energy_mj.value_or(std::nan("")) : point.latency_ms;
}

/// A staircase along the front: cost, accuracy in per cent.
Rows stairs(const std::vector<NasPoint>& front, bool energy) {
  Rows points, rows;
  for (const NasPoint& point : front) points.push_back({cost_of(point, energy), point.accuracy});
  std::sort(points.begin(), points.end());
  for (const auto& point : points) {
    if (!rows.empty()) rows.push_back({point[0], rows.back()[1]});
    rows.push_back(point);
  }
  return rows;
}

/// The front of a strategy's first seed.
Rows front_of(const NasPair& pair, const std::string& strategy, bool energy) {
  for (const NasSearchResult& search : pair.searches) {
    if (search.strategy != strategy || search.status != kPassed) continue;
    Rows rows;
    for (const std::int64_t cell : search.front) {
      if (const NasPoint* point = point_of(pair, cell)) rows.push_back({cost_of(*point, energy), point->accuracy});
    }
    return rows;
  }
  return {};
}

/// Of the true front and all final fronts.
std::pair<double, double> cost_range(const NasPair& pair, bool energy) {
  double low = 1e300, high = 0;
  for (const auto* points : {&pair.true_front, &pair.points}) {
    for (const NasPoint& point : *points) {
      low = std::min(low, cost_of(point, energy));
      high = std::max(high, cost_of(point, energy));
    }
  }
  return {low, high};
}

/// Ticks at 1, 2 and 5 times the powers of ten.
std::string log_ticks_125(double low, double high) {
  std::string ticks;
  for (double decade = std::pow(10, std::floor(std::log10(low))); decade <= high; decade *= 10) {
    for (const double step : {1.0, 2.0, 5.0}) {
      if (step * decade < low / 1.15 || step * decade > high * 1.15) continue;
      ticks += fmt::format("{}'{:g}' {:g}", ticks.empty() ? "" : ", ", step * decade, step * decade);
    }
  }
  return ticks;
}

/// Above the panels: each strategy's point and name, then the true front's line.
void add_key(Script& script, const std::vector<DrawnStrategy>& strategies, int height) {
  constexpr double kLeft = 60, kGap = 26, kCharacter = 7.2;
  double x = kLeft, y = 16;
  for (const DrawnStrategy& strategy : strategies) {
    const double width = kGap + kCharacter * static_cast<double>(strategy.title.size());
    if (x + width > kWidth) x = kLeft, y += 17;
    const auto at = [&](double pixels) {
      return fmt::format("screen {},{}", Script::number(pixels / kWidth), Script::number(1 - y / height));
    };
    script.label("", at(x),
                 fmt::format("point pointtype {} pointsize 0.7 linewidth 1.4 linecolor rgb '{}'", strategy.shape.hollow,
                             strategy.colour));
    script.label(strategy.title, at(x + 10), fmt::format("left textcolor rgb '{}' font ',12'", strategy.colour));
    x += width;
  }
  y += 17;
  const std::string level = Script::number(1 - y / height);
  script.line(fmt::format("set arrow from screen {},{} to screen {},{} nohead linecolor rgb '{}' linewidth 1.2",
                          Script::number((kLeft - 6) / kWidth), level, Script::number((kLeft + 6) / kWidth), level,
                          kInk));
  script.label("true front", fmt::format("screen {},{}", Script::number((kLeft + 10) / kWidth), level),
               fmt::format("left textcolor rgb '{}' font ',12'", kInk));
}

/// A panel for each device of the data set.
std::optional<Figure> front_figure(const NasSearch& nas, const std::string& dataset) {
  const NasSearchRecord& record = nas.record;
  std::vector<const NasPair*> pairs;
  for (const NasPair& pair : record.pairs) {
    if (pair.dataset == dataset) pairs.push_back(&pair);
  }
  const auto strategies = drawn_strategies(record);
  const bool energy = record.cost == "energy";
  if (pairs.empty() || strategies.empty()) return std::nullopt;
  constexpr int kColumns = 3, kPanel = 264;
  const int columns = std::min<int>(kColumns, static_cast<int>(pairs.size()));
  const int rows = (static_cast<int>(pairs.size()) + columns - 1) / columns;
  const int height = 86 + kPanel * rows;
  Script script(kWidth, height);
  script.line("set multiplot");
  script.line("set xtics font ',11'\nset ytics font ',11'\nset logscale x");
  add_key(script, strategies, height);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
    const int cell = (kWidth - 60) / columns, left = 60 + column * cell, top = 66 + row * kPanel;
    script.margins(left, kWidth - left - cell + 40, top + 16, height - top - kPanel + 62);
    script.line(column == 0 ? fmt::format("set ylabel 'test accuracy (%)' offset 1,0 textcolor rgb '{}'", kInk)
                            : "unset ylabel");
    script.line(fmt::format("set xlabel '{} (log scale)' offset 0,0.7 textcolor rgb '{}'",
                            energy ? "energy (mJ)" : "latency (ms)", kInk));
    script.label(pairs[i]->device, "graph 0.5,1.06", fmt::format("center textcolor rgb '{}'", kInk));
    const auto [low, high] = cost_range(*pairs[i], energy);
    script.line(fmt::format("set xrange [{}:{}]", Script::number(low / 1.15), Script::number(high * 1.15)));
    script.line("set xtics (" + log_ticks_125(low, high) + ")");
    std::vector<std::string> plots;
    script.data(fmt::format("true{}", i), stairs(pairs[i]->true_front, energy));
    plots.push_back(fmt::format("$true{} using 1:2 with lines linewidth 1.2 linecolor rgb '{}' notitle", i, kInk));
    for (std::size_t s = 0; s < strategies.size(); ++s) {
      const Rows front = front_of(*pairs[i], strategies[s].strategy->name, energy);
      if (front.empty()) continue;
      const std::string data = fmt::format("front{}x{}", i, s);
      script.data(data, front);
      plots.push_back(points(data, strategies[s].shape.hollow, 0.6, strategies[s].colour, ""));
    }
    script.plot(plots);
    script.line("unset label\nunset arrow");
  }
  script.line("unset multiplot");
  return Figure{
      .id = slug(slug("nas_front", dataset), nas.folder),
      .title = "Fronts against the true front: " + dataset,
      .caption =
          fmt::format("{}, each device: what the first seed of each strategy ended with, scored by the final test "
                      "accuracy. A point below the line was chosen by what the search saw and turned out to be "
                      "dominated.",
                      dataset),
      .alternative = fmt::format("Small panels of accuracy over {} on a log axis, one for each device.", record.cost),
      .script = script.text()};
}

}  // namespace

std::vector<Figure> nas_front_figures(const NasSearch& nas) {
  std::vector<std::string> datasets;
  for (const NasPair& pair : nas.record.pairs) {
    if (std::find(datasets.begin(), datasets.end(), pair.dataset) == datasets.end()) datasets.push_back(pair.dataset);
  }
  std::vector<Figure> figures;
  for (const auto& dataset : datasets) {
    if (auto figure = front_figure(nas, dataset)) figures.push_back(std::move(*figure));
  }
  return figures;
}

}  // namespace flnas::reports
