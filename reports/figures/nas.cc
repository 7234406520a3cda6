#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/figures/figures.h"
#include "reports/figures/script.h"
#include "reports/inline.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860;
constexpr const char* kColours[] = {kVermilion, kBlue, kGreen, kPurple, kAmber, kInk, kSoft};

using Rows = std::vector<std::vector<double>>;

/// Strategies that were measured, ablations last and left out: a figure holds a handful of lines.
std::vector<const NasStrategy*> drawn(const NasSearchRecord& record) {
  std::vector<const NasStrategy*> strategies;
  for (const NasStrategy& strategy : record.strategies) {
    const bool measured = why_not_measured(record, strategy).empty();
    if (measured && strategy.group != "ablation" && strategies.size() < std::size(kColours))
      strategies.push_back(&strategy);
  }
  return strategies;
}

/// Share of the true front's hypervolume after so many evaluations: mean over pairs and seeds that have that point.
Rows curve_of(const NasSearchRecord& record, const std::string& strategy) {
  std::map<std::int64_t, std::pair<double, int>> sums;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || search.status != kPassed || pair.true_hypervolume <= 0) continue;
      for (std::size_t i = 0; i < search.curve.evaluations.size(); ++i) {
        auto& [sum, count] = sums[search.curve.evaluations[i]];
        sum += search.curve.hypervolume[i] / pair.true_hypervolume;
        ++count;
      }
    }
  }
  int most = 0;
  for (const auto& [at, sum] : sums) most = std::max(most, sum.second);
  Rows rows;
  for (const auto& [at, sum] : sums) {
    if (sum.second == most) rows.push_back({static_cast<double>(at), sum.first / sum.second});
  }
  return rows;
}

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

/// A panel for each device of the data set.
std::optional<Figure> front_figure(const NasEvidence& nas, const std::string& dataset) {
  const NasSearchRecord& record = nas.record;
  std::vector<const NasPair*> pairs;
  for (const NasPair& pair : record.pairs) {
    if (pair.dataset == dataset) pairs.push_back(&pair);
  }
  const auto strategies = drawn(record);
  const bool energy = record.cost == "energy";
  if (pairs.empty() || strategies.empty()) return std::nullopt;
  constexpr int kColumns = 3, kPanel = 264;
  const int columns = std::min<int>(kColumns, static_cast<int>(pairs.size()));
  const int rows = (static_cast<int>(pairs.size()) + columns - 1) / columns;
  const int height = 70 + kPanel * rows;
  Script script(kWidth, height);
  script.line("set multiplot");
  script.line("set xtics font ',11'\nset ytics font ',11'\nset logscale x");
  double x = 0.07;
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const std::string title = without_controls(strategies[i]->title);
    script.label(title, fmt::format("screen {},{}", Script::number(x), Script::number(1 - 16.0 / height)),
                 fmt::format("left textcolor rgb '{}' font ',12'", kColours[i]));
    x += 0.025 + 0.0088 * static_cast<double>(title.size());
  }
  script.label("true front", fmt::format("screen 0.07,{}", Script::number(1 - 34.0 / height)),
               fmt::format("left textcolor rgb '{}' font ',12'", kInk));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
    const int cell = (kWidth - 60) / columns, left = 60 + column * cell, top = 50 + row * kPanel;
    script.margins(left, kWidth - left - cell + 40, top + 16, height - top - kPanel + 62);
    script.line(column == 0 ? fmt::format("set ylabel 'test accuracy (%)' offset 1,0 textcolor rgb '{}'", kInk)
                            : "unset ylabel");
    script.line(fmt::format("set xlabel '{} (log scale)' offset 0,0.7 textcolor rgb '{}'",
                            energy ? "energy (mJ)" : "latency (ms)", kInk));
    script.label(without_controls(pairs[i]->device), "graph 0.5,1.06", fmt::format("center textcolor rgb '{}'", kInk));
    const auto [low, high] = cost_range(*pairs[i], energy);
    script.line(fmt::format("set xrange [{}:{}]", Script::number(low / 1.15), Script::number(high * 1.15)));
    script.line("set xtics (" + log_ticks_125(low, high) + ")");
    std::vector<std::string> plots;
    script.data(fmt::format("true{}", i), stairs(pairs[i]->true_front, energy));
    plots.push_back(fmt::format("$true{} using 1:2 with lines linewidth 1.2 linecolor rgb '{}' notitle", i, kInk));
    for (std::size_t s = 0; s < strategies.size(); ++s) {
      const Rows front = front_of(*pairs[i], strategies[s]->name, energy);
      if (front.empty()) continue;
      const std::string data = fmt::format("front{}x{}", i, s);
      script.data(data, front);
      plots.push_back(points(data, kCircle.hollow, 0.6, kColours[s], ""));
    }
    script.plot(plots);
    script.line("unset label");
  }
  script.line("unset multiplot");
  return Figure{
      slug(slug("nas_front", dataset), nas.folder),
      "Fronts against the true front: " + without_controls(dataset),
      fmt::format("{}, each device: what the first seed of each strategy ended with, scored by the final test "
                  "accuracy. A point below the line was chosen by what the search saw and turned out to be "
                  "dominated.",
                  without_controls(dataset)),
      fmt::format("Small panels of accuracy over {} on a log axis, one for each device.", record.cost),
      script.text(),
      ""};
}

}  // namespace

std::optional<Figure> nas_curve_figure(const NasEvidence& nas) {
  constexpr int kHeight = 420;
  Script script(kWidth, kHeight);
  script.margins(84, 24, 62, 60);
  script.axis_title("x", "Cells evaluated, those that train the predictor counted");
  script.axis_title("y", "Hypervolume, share of the true front's");
  script.key();
  std::vector<std::string> plots;
  const auto strategies = drawn(nas.record);
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const Rows rows = curve_of(nas.record, strategies[i]->name);
    if (rows.empty()) continue;
    const std::string data = fmt::format("curve{}", i);
    script.data(data, rows);
    plots.push_back(fmt::format("${} using 1:2 with lines linewidth 1.8 linecolor rgb '{}' title {}", data, kColours[i],
                                Script::quote(without_controls(strategies[i]->title))));
  }
  if (plots.empty()) return std::nullopt;
  script.plot(plots);
  return Figure{
      slug("nas_curve", nas.folder),
      "Hypervolume over evaluations",
      "Mean over all pairs and seeds. A search that goes by a predictor begins where the predictor's training "
      "cells are paid for.",
      "Line plot of the share of the true front's hypervolume over evaluated cells, one line per strategy.",
      script.text(),
      ""};
}

std::optional<Figure> nas_coverage_figure(const NasEvidence& nas) {
  constexpr int kHeight = 380;
  Script script(kWidth, kHeight);
  script.margins(84, 24, 62, 60);
  script.axis_title("x", nas.record.cost == "energy" ? "Tenth of the candidates by energy, cheapest first"
                                                     : "Tenth of the candidates by latency, fastest first");
  script.axis_title("y", "Share of the evaluations (%)");
  script.key();
  std::vector<std::string> plots;
  const auto strategies = drawn(nas.record);
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    std::vector<double> counts;
    double total = 0;
    for (const NasPair& pair : nas.record.pairs) {
      for (const NasSearchResult& search : pair.searches) {
        if (search.strategy != strategies[i]->name || search.status != kPassed) continue;
        counts.resize(std::max(counts.size(), search.coverage.cost_evaluated.size()));
        for (std::size_t tenth = 0; tenth < search.coverage.cost_evaluated.size(); ++tenth) {
          counts[tenth] += static_cast<double>(search.coverage.cost_evaluated[tenth]);
          total += static_cast<double>(search.coverage.cost_evaluated[tenth]);
        }
      }
    }
    if (total == 0) continue;
    Rows rows;
    for (std::size_t tenth = 0; tenth < counts.size(); ++tenth) {
      rows.push_back({static_cast<double>(tenth + 1), 100 * counts[tenth] / total});
    }
    const std::string data = fmt::format("coverage{}", i);
    script.data(data, rows);
    plots.push_back(fmt::format(
        "${} using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb '{}' title {}", data,
        kColours[i], Script::quote(without_controls(strategies[i]->title))));
  }
  if (plots.empty()) return std::nullopt;
  script.line("set xrange [0.7:10.3]");
  script.line("set yrange [0:*]");
  script.line("set xtics 1");
  script.plot(plots);
  return Figure{
      slug("nas_reach", nas.folder),
      "Where along the cost axis the searches looked",
      "Share of the evaluated cells in each tenth of the candidates, over all pairs and seeds; what a predictor was "
      "trained on is not counted. 10 % everywhere is blind sampling.",
      "Line plot of the share of evaluations over tenths of the candidates by cost, one line per strategy.",
      script.text(),
      ""};
}

std::vector<Figure> nas_front_figures(const NasEvidence& nas) {
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
