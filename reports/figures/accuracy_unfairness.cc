#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/metrics/pareto.h"
#include "reports/data/all_trainings.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/figures/labels.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860, kHeight = 520;
constexpr const char* kReference = "Reference";
constexpr int kLeft = 70, kRight = 24, kTop = 44, kBottom = 64;

struct Point {
  std::string title;
  std::string group;
  double x, x_low, x_high, y, y_low, y_high;  // unfairness; accuracy in per cent
  std::optional<double> paper_x, paper_y;
};

/// Limits of an axis with some air on both sides; neither measure goes below zero.
struct Axis {
  double low, high;
  double at(double value, double from, double to) const { return from + (to - from) * (value - low) / (high - low); }
};

template <class Values>
Axis axis_over(const std::vector<Point>& points, Values&& values) {
  Axis axis{1e300, -1e300};
  for (const Point& point : points) {
    for (const double value : values(point)) {
      axis.low = std::min(axis.low, value);
      axis.high = std::max(axis.high, value);
    }
  }
  const double air = std::max(0.07 * (axis.high - axis.low), 1e-3);
  return {std::max(axis.low - air, 0.0), axis.high + air};
}

/// What stands upwards: the accuracy that the paper has too, where its points may stand beside ours; else the balanced
/// one, by which the models are ranked.
const Metric& upward(const ReportInputs& inputs) {
  return metric_named(reasons_not_comparable(inputs).empty() ? "accuracy" : "balanced_accuracy");
}

std::optional<Point> point_of(const Cell& x, const Cell& y, const std::string& title, const std::string& group) {
  if (!x.value || !y.value) return std::nullopt;
  return Point{title,
               group,
               *x.value,
               x.low.value_or(*x.value),
               x.high.value_or(*x.value),
               *y.value * 100,
               y.low.value_or(*y.value) * 100,
               y.high.value_or(*y.value) * 100,
               {},
               {}};
}

std::vector<Point> points_of(const ReportInputs& inputs) {
  std::vector<Point> points;
  const Metric &across = metric_named("unfairness_sum"), &up = upward(inputs);
  for (const Model& model : inputs.models()) {
    auto point = point_of(over_trainings(inputs, model.name, across), over_trainings(inputs, model.name, up),
                          display_title(inputs, model), model.group);
    if (!point) continue;
    if (model.paper != nullptr && *up.paper != '\0') {
      point->paper_x = model.paper->value("unfairness");
      point->paper_y = model.paper->value(up.paper);
      if (point->paper_y) *point->paper_y *= 100;
    }
    points.push_back(*point);
  }
  if (inputs.constant && !points.empty()) {
    const auto place = metrics_of(&*inputs.constant);
    if (auto point = point_of(measured(across.at(place)), measured(up.at(place)), "Constant", kReference)) {
      points.push_back(*point);
    }
  }
  return points;
}

struct Look {
  const char* group;  // "" takes what is left
  const char* title;
  Shape shape;
  const char* colour;
};
constexpr Look kLooks[] = {
    {"Baselines", "baselines", kCircle, kBlue},
    {"FL-NAS", "searched (FL-NAS)", kDiamond, kVermilion},
    {kReference, "constant predictor", kSquare, kSoft},
    {"", "others", kTriangle, kGreen},
};

const Look& look_of(const Point& point) {
  for (const Look& look : kLooks) {
    if (point.group == look.group) return look;
  }
  return kLooks[3];
}

void add_labels(Script& script, const std::vector<Point>& points, const Axis& x_axis, const Axis& y_axis) {
  const auto x_pixel = [&](double value) { return x_axis.at(value, kLeft, kWidth - kRight); };
  const auto y_pixel = [&](double value) { return y_axis.at(value, kBottom, kHeight - kTop); };
  std::vector<std::string> texts;
  std::vector<double> x, y;
  std::vector<Area> obstacles;
  for (const Point& point : points) {
    texts.push_back(point.title);
    x.push_back(x_pixel(point.x));
    y.push_back(y_pixel(point.y));
    obstacles.push_back({x_pixel(point.x_low), y.back() - 2, x_pixel(point.x_high), y.back() + 2});
    obstacles.push_back({x.back() - 2, y_pixel(point.y_low), x.back() + 2, y_pixel(point.y_high)});
    if (point.paper_x && point.paper_y) {
      const double px = x_pixel(*point.paper_x), py = y_pixel(*point.paper_y);
      obstacles.push_back({px - 6, py - 6, px + 6, py + 6});
    }
  }
  const Area plot{kLeft, kBottom, kWidth - kRight, kHeight - kTop};
  const auto places = place_labels(texts, x, y, obstacles, plot);
  constexpr const char* kAlign[] = {"left", "center", "right"};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string position =
        fmt::format("screen {},{}", Script::number(places[i].x / kWidth), Script::number(places[i].y / kHeight));
    script.label(texts[i], position,
                 fmt::format("{} textcolor rgb '{}' front", kAlign[places[i].align + 1], look_of(points[i]).colour));
  }
}

/// Ours that no other model of ours beats in both, as a staircase; the constant predictor does not compete.
std::vector<std::vector<double>> front_of(const std::vector<Point>& all) {
  std::vector<metrics::Point> models;
  for (const Point& point : all) {
    if (point.group != kReference) models.push_back({point.x, -point.y});
  }
  std::vector<metrics::Point> front;
  for (const std::size_t i : metrics::pareto_front(models)) front.push_back(models[i]);
  std::sort(front.begin(), front.end());
  std::vector<std::vector<double>> stairs;
  for (const auto& point : front) {
    if (!stairs.empty()) stairs.push_back({point[0], stairs.back()[1]});
    stairs.push_back({point[0], -point[1]});
  }
  return stairs;
}

/// Unfairness that 95 % of perfectly fair models stay below, averaged over the models' accuracies.
std::optional<double> noise_limit(const ReportInputs& inputs) {
  if (!inputs.statistics) return std::nullopt;
  double sum = 0;
  int models = 0;
  for (const Model& model : inputs.models()) {
    const auto high = inputs.statistics->at(&StatisticsRecord::models)[model.name]
                          .at(&ModelStatistics::noise)
                          .at(&FairNulls::unfairness_sum)
                          .at(&FairNull::high);
    if (!high) continue;
    sum += *high;
    ++models;
  }
  return models == 0 ? std::nullopt : std::optional(sum / models);
}

void add_noise(Script& script, double limit, const Axis& x_axis) {
  script.line(fmt::format(
      "set object 1 rectangle from {},graph 0 to {},graph 1 behind fillcolor rgb '{}' fillstyle solid noborder",
      Script::number(x_axis.low), Script::number(std::min(limit, x_axis.high)), kGrid));
  script.label("noise of a fair model", "graph 0.008, graph 0.03", fmt::format("left textcolor rgb '{}' front", kSoft));
}

void add_plots(Script& script, const std::vector<Point>& all) {
  std::vector<std::string> plots;
  if (const auto stairs = front_of(all); stairs.size() > 1) {
    script.data("front", stairs);
    plots.push_back(fmt::format(
        "$front using 1:2 with lines linecolor rgb '{}' linewidth 1.2 dashtype 2 title 'Pareto front, ours'", kInk));
  }
  const bool alone = std::ranges::all_of(all, [](const Point& point) { return &look_of(point) == &kLooks[3]; });
  std::vector<std::vector<double>> links;
  for (const Look& look : kLooks) {
    std::vector<std::vector<double>> ours, paper;
    for (const Point& point : all) {
      if (&look_of(point) != &look) continue;
      ours.push_back({point.x, point.y, point.x_low, point.x_high, point.y_low, point.y_high});
      if (!point.paper_x || !point.paper_y) continue;
      paper.push_back({*point.paper_x, *point.paper_y});
      links.push_back({*point.paper_x, *point.paper_y, point.x - *point.paper_x, point.y - *point.paper_y});
    }
    if (ours.empty()) continue;
    const std::string name = fmt::format("ours{}", &look - kLooks);
    script.data(name, ours);
    plots.push_back(fmt::format("${} using 1:2:3:4:5:6 with xyerrorbars pointtype 0 linecolor rgb '{}' notitle", name,
                                look.colour));
    plots.push_back(points(name, look.shape.filled, 1.1, look.colour, alone ? "models" : look.title));
    if (paper.empty()) continue;
    const std::string paper_name = fmt::format("paper{}", &look - kLooks);
    script.data(paper_name, paper);
    plots.push_back(points(paper_name, look.shape.hollow, 1.0, look.colour, ""));
  }
  if (!links.empty()) {
    script.data("links", links);
    plots.insert(
        plots.begin(),
        fmt::format("$links using 1:2:3:4 with vectors nohead linecolor rgb '{}' linewidth 0.7 dashtype 3 notitle",
                    kSoft));
  }
  script.plot(plots);
}

}  // namespace

std::optional<Figure> accuracy_unfairness_figure(const ReportInputs& inputs) {
  const auto all = points_of(inputs);
  if (all.empty()) return std::nullopt;
  const Axis x_axis = axis_over(all, [](const Point& p) {
    return std::vector{p.x_low, p.x_high, p.paper_x.value_or(p.x)};
  });
  Axis y_axis = axis_over(all, [](const Point& p) { return std::vector{p.y_low, p.y_high, p.paper_y.value_or(p.y)}; });
  y_axis.high = std::min(y_axis.high, 101.0);
  Script script(kWidth, kHeight);
  script.margins(kLeft, kRight, kTop, kBottom);
  script.line(fmt::format("set xrange [{}:{}]", Script::number(x_axis.low), Script::number(x_axis.high)));
  script.line(fmt::format("set yrange [{}:{}]", Script::number(y_axis.low), Script::number(y_axis.high)));
  script.axis_title("x", "Unfairness, sum over groups (fairer to the left)");
  script.axis_title("y", fmt::format("{} (%)", upward(inputs).title));
  script.key();
  const auto limit = noise_limit(inputs);
  if (limit && *limit > x_axis.low) add_noise(script, *limit, x_axis);
  add_labels(script, all, x_axis, y_axis);
  add_plots(script, all);
  const bool papers = std::any_of(all.begin(), all.end(), [](const Point& point) { return point.paper_x.has_value(); });
  return Figure{
      .id = "accuracy_unfairness",
      .title = fmt::format("{} against unfairness", upward(inputs).title),
      .caption =
          "Points with 95 % intervals, of all trainings." +
          std::string(papers ? " Hollow: the paper's Table I, joined to ours by a dotted line." : "") +
          " Better is up and to the left. Dashed: ours that no other of ours beats in both." +
          std::string(limit ? " Shaded: what 95 % of perfectly fair models stay below with these groups, "
                              "in the mean of the models' rates; in it no unfairness is shown."
                            : "") +
          " Bars are of each model alone: whether two models differ is decided on the same images, model by model.",
      .alternative = "Scatter plot of accuracy over unfairness; numbers in Table I(a).",
      .script = script.text()};
}

}  // namespace flnas::reports
