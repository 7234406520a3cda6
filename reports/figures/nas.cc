// Searches on tables: what they reach over their evaluations, and where they look.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/figures/figures.h"
#include "reports/figures/line_ends.h"
#include "reports/figures/nas_strategies.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860;

using Rows = std::vector<std::vector<double>>;

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

/// Evaluations of a strategy in each tenth of the candidates by cost, over all pairs and seeds.
std::vector<double> evaluated_by_tenth(const NasSearchRecord& record, const std::string& strategy) {
  std::vector<double> counts;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || search.status != kPassed) continue;
      const auto& evaluated = search.coverage.cost_evaluated;
      counts.resize(std::max(counts.size(), evaluated.size()));
      for (std::size_t tenth = 0; tenth < evaluated.size(); ++tenth) {
        counts[tenth] += static_cast<double>(evaluated[tenth]);
      }
    }
  }
  return counts;
}

/// A line for each strategy, labelled at its end.
class Lines {
 public:
  Lines(Script& script, const NasSearchRecord& record) : script_(script), drawn_(drawn_strategies(record)) {
    std::vector<std::string> titles;
    for (const DrawnStrategy& strategy : drawn_) titles.push_back(strategy.title);
    margin_ = line_end_margin(titles);
  }
  int margin() const { return margin_; }
  const std::vector<DrawnStrategy>& strategies() const { return drawn_; }

  void add(const DrawnStrategy& strategy, const Rows& rows, bool points) {
    const std::string data = fmt::format("line{}", ends_.size());
    script_.data(data, rows);
    const std::string look =
        points ? fmt::format("linespoints pointtype {} pointsize 0.7", strategy.shape.filled) : std::string("lines");
    plots_.push_back(fmt::format("${} using 1:2 with {} linewidth 1.8 dashtype {} linecolor rgb '{}' notitle", data,
                                 look, strategy.dash, strategy.colour));
    ends_.push_back({rows.back()[1], strategy.title, strategy.colour});
    for (const auto& row : rows) {
      low_ = std::min(low_, row[1]), high_ = std::max(high_, row[1]);
      last_ = std::max(last_, row[0]), first_ = std::min(first_, row[0]);
    }
  }

  /// False where there is no line. `zero`: y begins there.
  bool draw(bool zero) {
    if (plots_.empty()) return false;
    const double low = zero ? 0 : low_, air = std::max(0.05 * (high_ - low), 1e-3);
    const double bottom = zero ? 0 : low - air, top = high_ + air;
    if (first_ == last_) first_ -= 1;
    script_.line(fmt::format("set xrange [{}:{}]", Script::number(first_), Script::number(last_)));
    script_.line(fmt::format("set yrange [{}:{}]", Script::number(bottom), Script::number(top)));
    label_line_ends(script_, ends_, bottom, top);
    script_.plot(plots_);
    return true;
  }

 private:
  Script& script_;
  std::vector<DrawnStrategy> drawn_;
  int margin_;
  std::vector<std::string> plots_;
  std::vector<LineEnd> ends_;
  double low_ = 1e300, high_ = -1e300, first_ = 1e300, last_ = -1e300;
};

}  // namespace

std::optional<Figure> nas_curve_figure(const NasSearch& nas) {
  constexpr int kHeight = 420;
  Script script(kWidth, kHeight);
  Lines lines(script, nas.record);
  script.margins(84, lines.margin(), 24, 60);
  script.axis_title("x", "Cells evaluated, those that train the predictor counted");
  script.axis_title("y", "Hypervolume, share of the true front's");
  for (const DrawnStrategy& strategy : lines.strategies()) {
    const Rows rows = curve_of(nas.record, strategy.strategy->name);
    if (!rows.empty()) lines.add(strategy, rows, false);
  }
  if (!lines.draw(false)) return std::nullopt;
  return Figure{
      .id = slug("nas_curve", nas.folder),
      .title = "Hypervolume over evaluations",
      .caption =
          "Mean over all pairs and seeds. A search that goes by a predictor begins where the predictor's training "
          "cells are paid for.",
      .alternative =
          "Line plot of the share of the true front's hypervolume over evaluated cells, one line per strategy.",
      .script = script.text()};
}

std::optional<Figure> nas_coverage_figure(const NasSearch& nas) {
  constexpr int kHeight = 380;
  Script script(kWidth, kHeight);
  Lines lines(script, nas.record);
  script.margins(84, lines.margin(), 24, 60);
  script.axis_title("x", nas.record.cost == "energy" ? "Tenth of the candidates by energy, cheapest first"
                                                     : "Tenth of the candidates by latency, fastest first");
  script.axis_title("y", "Share of the evaluations (%)");
  script.line("set xtics 1");
  for (const DrawnStrategy& strategy : lines.strategies()) {
    const auto counts = evaluated_by_tenth(nas.record, strategy.strategy->name);
    double total = 0;
    for (const double count : counts) total += count;
    if (total == 0) continue;
    Rows rows;
    for (std::size_t tenth = 0; tenth < counts.size(); ++tenth) {
      rows.push_back({static_cast<double>(tenth + 1), 100 * counts[tenth] / total});
    }
    lines.add(strategy, rows, true);
  }
  if (!lines.draw(true)) return std::nullopt;
  return Figure{
      .id = slug("nas_reach", nas.folder),
      .title = "Where along the cost axis the searches looked",
      .caption =
          "Share of the evaluated cells in each tenth of the candidates, over all pairs and seeds; what a predictor "
          "was "
          "trained on is not counted. 10 % everywhere is blind sampling.",
      .alternative =
          "Line plot of the share of evaluations over tenths of the candidates by cost, one line per strategy.",
      .script = script.text()};
}

}  // namespace flnas::reports
