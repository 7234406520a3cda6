// Is smaller fairer? Every trained network as a point.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/data/all_trainings.h"
#include "reports/data/measures.h"
#include "reports/figures/figures.h"
#include "reports/figures/labels.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860, kHeight = 420;
constexpr int kLeft = 70, kRight = 24, kTop = 44, kBottom = 64;

struct Point {
  std::string title;
  bool searched;
  double size, value, low, high;
};

std::vector<Point> points_of(const ReportInputs& inputs) {
  std::vector<Point> points;
  for (const Model& model : inputs.models()) {
    const Run* run = inputs.run_of(model.name);
    const Cell cell = over_trainings(inputs, model.name, metric_named("unfairness_sum"));
    if (run == nullptr || !cell.value || run->record.model.parameters.value_or(0) <= 0) continue;
    if (model.name.find('@') != std::string::npos) continue;  // a mitigation is no architecture
    points.push_back({display_title(inputs, model), model.group != "Baselines",
                      static_cast<double>(*run->record.model.parameters), *cell.value, cell.low.value_or(*cell.value),
                      cell.high.value_or(*cell.value)});
  }
  return points;
}

/// What 5 and 95 % of fair models stay below, in the mean over the models.
std::optional<std::pair<double, double>> fair_band(const ReportInputs& inputs) {
  if (!inputs.statistics) return std::nullopt;
  double low = 0, high = 0;
  int models = 0;
  for (const Model& model : inputs.models()) {
    const auto null = inputs.statistics->at(&StatisticsRecord::models)[model.name]
                          .at(&ModelStatistics::noise)
                          .at(&FairNulls::unfairness_sum);
    if (!null || !null->low || !null->high) continue;
    low += *null->low;
    high += *null->high;
    ++models;
  }
  return models == 0 ? std::nullopt : std::optional(std::pair(low / models, high / models));
}

std::optional<double> slope_of(const ReportInputs& inputs) {
  if (!inputs.questions) return std::nullopt;
  for (const QuestionAnswer& answer : inputs.questions->record.answers) {
    if (answer.question != kSmallerFairer) continue;
    for (const Evidence& evidence : answer.evidence) {
      if (evidence.metric == "unfairness_sum") return evidence.value;
    }
  }
  return std::nullopt;
}

/// The line of least squares, from the first network to the last: through the points' mean.
void add_line(Script& script, const std::vector<Point>& all, double slope, std::vector<std::string>& plots) {
  double x = 0, y = 0, least = HUGE_VAL, most = 0;
  for (const Point& point : all) {
    x += std::log10(point.size) / static_cast<double>(all.size());
    y += point.value / static_cast<double>(all.size());
    least = std::min(least, point.size);
    most = std::max(most, point.size);
  }
  const auto at = [&](double size) { return y + slope * (std::log10(size) - x); };
  script.data("line", {{least, at(least)}, {most, at(most)}});
  plots.push_back(fmt::format(
      "$line using 1:2 with lines linecolor rgb '{}' linewidth 1.2 dashtype 2 title 'least squares'", kInk));
}

void add_labels(Script& script, const std::vector<Point>& all, double low, double high, double top) {
  const double left = std::log10(low), right = std::log10(high);
  std::vector<std::string> texts;
  std::vector<double> x, y;
  std::vector<Area> obstacles;
  for (const Point& point : all) {
    const auto y_pixel = [&](double value) { return kBottom + (kHeight - kTop - kBottom) * value / top; };
    texts.push_back(point.title);
    x.push_back(kLeft + (kWidth - kRight - kLeft) * (std::log10(point.size) - left) / (right - left));
    y.push_back(y_pixel(point.value));
    obstacles.push_back({x.back() - 2, y_pixel(point.low), x.back() + 2, y_pixel(point.high)});
  }
  const auto places = place_labels(texts, x, y, obstacles, {kLeft, kBottom, kWidth - kRight, kHeight - kTop});
  constexpr const char* kAlign[] = {"left", "center", "right"};
  for (std::size_t i = 0; i < places.size(); ++i) {
    script.label(
        texts[i],
        fmt::format("screen {},{}", Script::number(places[i].x / kWidth), Script::number(places[i].y / kHeight)),
        fmt::format("{} textcolor rgb '{}' front", kAlign[places[i].align + 1], all[i].searched ? kVermilion : kBlue));
  }
}

void add_points(Script& script, const std::vector<Point>& all, std::vector<std::string>& plots) {
  for (const bool searched : {false, true}) {
    std::vector<std::vector<double>> rows;
    for (const Point& point : all) {
      if (point.searched == searched) rows.push_back({point.size, point.value, point.low, point.high});
    }
    if (rows.empty()) continue;
    const std::string name = searched ? "searched" : "baselines";
    const char* colour = searched ? kVermilion : kBlue;
    script.data(name, rows);
    plots.push_back(
        fmt::format("${} using 1:2:3:4 with yerrorbars pointtype 0 linecolor rgb '{}' notitle", name, colour));
    plots.push_back(points(name, (searched ? kDiamond : kCircle).filled, 1.1, colour,
                           searched ? "searched and others" : "baselines"));
  }
}

}  // namespace

std::optional<Figure> size_unfairness_figure(const ReportInputs& inputs) {
  const auto all = points_of(inputs);
  if (all.size() < 3) return std::nullopt;
  double low = HUGE_VAL, high = 0, top = 0;
  for (const Point& point : all) {
    low = std::min(low, point.size / 2);
    high = std::max(high, point.size * 2);
    top = std::max(top, point.high * 1.08);
  }
  Script script(kWidth, kHeight);
  script.margins(kLeft, kRight, kTop, kBottom);
  script.line("set logscale x");
  script.line(fmt::format("set xrange [{}:{}]", Script::number(low), Script::number(high)));
  script.line(fmt::format("set yrange [0:{}]", Script::number(top)));
  script.line("set xtics (" + log_ticks(low, high) + ")");
  script.axis_title("x", "Parameters as trained (logarithmic)");
  script.axis_title("y", "Unfairness, sum over groups");
  script.key();
  const auto band = fair_band(inputs);
  if (band) {
    script.line(fmt::format(
        "set object 1 rectangle from graph 0,first {} to graph 1,first {} behind fillcolor rgb '{}' fillstyle solid "
        "noborder",
        Script::number(band->first), Script::number(std::min(band->second, top)), kGrid));
  }
  add_labels(script, all, low, high, top);
  std::vector<std::string> plots;
  const auto slope = slope_of(inputs);
  if (slope) add_line(script, all, *slope, plots);
  add_points(script, all, plots);
  script.plot(plots);
  return Figure{.id = "size_unfairness",
                .title = "Unfairness against size",
                .caption = std::string("Every trained network with its 95 % interval, of all trainings.") +
                           (band ? " Shaded: where 90 % of perfectly fair models lie with these groups, in the mean of "
                                   "the networks' rates."
                                 : "") +
                           (slope ? " Dashed: least squares; its slope and interval are in the answer above." : ""),
                .alternative = "Scatter plot of unfairness over the number of parameters; numbers in Table I.",
                .script = script.text()};
}

}  // namespace flnas::reports
