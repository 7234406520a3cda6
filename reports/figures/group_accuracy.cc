#include <fmt/format.h>

#include <algorithm>

#include "reports/data/measures.h"
#include "reports/figures/figures.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

struct Look {
  Shape shape;
  const char* colour;
};
constexpr Look kLooks[] = {
    {kCircle, kBlue}, {kSquare, kVermilion}, {kTriangle, kGreen}, {kDiamond, kPurple}, {kTriangleDown, kAmber}};

/// The runs that have numbers, from top to bottom, and the lanes that their groups take within a row.
struct Layout {
  std::vector<std::string> titles;
  std::vector<const Run*> runs;
  std::vector<std::string> groups;

  double row(std::size_t run) const { return static_cast<double>(runs.size() - run); }
  double lane(std::size_t group) const {
    const auto lanes = static_cast<double>(groups.size());
    return 0.72 * ((lanes - 1) / 2 - static_cast<double>(group)) / lanes;
  }
  int height() const {
    return 110 + static_cast<int>(runs.size()) * std::max(34, 11 * static_cast<int>(groups.size()));
  }
};

Layout layout_of(const ReportInputs& inputs, const std::vector<std::string>& groups) {
  Layout layout;
  for (const auto& group : groups) {
    if (group != "unknown") layout.groups.push_back(group);
  }
  for (const Model& model : inputs.models()) {
    const Run* run = inputs.run_of(model.name);
    if (run == nullptr || !run->usable()) continue;
    layout.titles.push_back(display_title(inputs, model));
    layout.runs.push_back(run);
  }
  return layout;
}

/// Light bands behind every other row and the accuracy over all images as an upright line.
std::string add_rows(Script& script, const Layout& layout) {
  std::vector<std::vector<double>> overall;
  for (std::size_t i = 0; i < layout.runs.size(); ++i) {
    const double row = layout.row(i);
    const Cell cell = measured(metrics_of(layout.runs[i]).at(&RunMetrics::accuracy), "", 100);
    if (cell.value) overall.push_back({*cell.value, row - 0.42, 0, 0.84});
    if (i % 2 == 0) continue;
    script.line(
        fmt::format("set object rectangle from graph 0, first {} to graph 1, first {} behind fillcolor rgb '{}' "
                    "fillstyle transparent solid 0.35 noborder",
                    Script::number(row - 0.5), Script::number(row + 0.5), kGrid));
  }
  script.data("overall", overall);
  return fmt::format("$overall using 1:2:3:4 with vectors nohead linecolor rgb '{}' linewidth 1.2 title 'all'", kSoft);
}

/// One group over all models: x, y, low, high.
std::vector<std::vector<double>> group_data(const Layout& layout, std::size_t group) {
  std::vector<std::vector<double>> data;
  for (std::size_t i = 0; i < layout.runs.size(); ++i) {
    const auto groups = metrics_of(layout.runs[i]).at(&RunMetrics::groups);
    const Cell cell = measured(groups[layout.groups[group]].at(&GroupMetrics::accuracy), "", 100);
    if (!cell.value) continue;
    data.push_back({*cell.value, layout.row(i) + layout.lane(group), cell.low.value_or(*cell.value),
                    cell.high.value_or(*cell.value)});
  }
  return data;
}

}  // namespace

std::optional<Figure> group_accuracy_figure(const ReportInputs& inputs, const std::vector<std::string>& groups) {
  const Layout layout = layout_of(inputs, groups);
  if (layout.runs.empty()) return std::nullopt;
  Script script(860, layout.height());
  script.margins(134, 24, 46, 60);
  model_axis(script, layout.titles);
  script.axis_title("x", "Accuracy (%)");
  script.key();
  std::vector<std::string> plots{add_rows(script, layout)};
  double low = 100, high = 0;
  for (std::size_t g = 0; g < layout.groups.size(); ++g) {
    const auto data = group_data(layout, g);
    if (data.empty()) continue;
    for (const auto& row : data) low = std::min(low, row[2]), high = std::max(high, row[3]);
    const Look& look = kLooks[g % std::size(kLooks)];
    const std::string name = fmt::format("group{}", g);
    script.data(name, data);
    plots.push_back(x_intervals(name, look.colour));
    plots.push_back(points(name, look.shape.filled, 0.75, look.colour, layout.groups[g]));
  }
  if (low > high) return std::nullopt;
  script.line(fmt::format("set xrange [{}:{}]", Script::number(std::max(0.0, low - 2)),
                          Script::number(std::min(100.5, high + 2))));
  script.plot(plots);
  return Figure{.id = "group_accuracy",
                .title = "Accuracy of each group",
                .caption =
                    "Points with 95 % intervals; the upright line is the accuracy over all test images. A fair model's "
                    "groups lie on that line; long bars belong to small groups.",
                .alternative = "Dot plot of accuracy by group for every model; numbers in the table above.",
                .script = script.text()};
}

}  // namespace flnas::reports
