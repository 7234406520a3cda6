#include <fmt/format.h>

#include <algorithm>

#include "reports/figures/figures.h"
#include "reports/figures/script.h"
#include "reports/measures.h"

namespace flnas::reports {
namespace {

struct Look {
  Shape shape;
  const char* colour;
};
constexpr Look kLooks[] = {
    {kCircle, kBlue}, {kSquare, kVermilion}, {kTriangle, kGreen}, {kDiamond, kPurple}, {kTriangleDown, kAmber}};

}  // namespace

std::optional<Figure> group_accuracy_figure(const Evidence& evidence, const std::vector<std::string>& all_groups) {
  std::vector<std::string> groups;
  for (const auto& group : all_groups) {
    if (group != "unknown") groups.push_back(group);
  }
  std::vector<std::string> titles;
  std::vector<const Record*> runs;
  for (const Model& model : evidence.models()) {
    const Record* run = evidence.run_of(model.name);
    if (run == nullptr || !run->usable()) continue;
    titles.push_back(model.title + (model.like ? " (like)" : ""));
    runs.push_back(run);
  }
  if (runs.empty() || groups.empty()) return std::nullopt;

  const auto rows = static_cast<double>(runs.size());
  const auto lanes = static_cast<double>(groups.size());
  const double step = 0.72 / lanes;
  const int height = 110 + static_cast<int>(rows) * std::max(34, 11 * static_cast<int>(lanes));
  Script script(860, height);
  script.margins(134, 24, 46, 60);
  model_axis(script, titles);
  script.line(fmt::format("set xlabel 'Accuracy (%)' offset 0,0.3 textcolor rgb '{}'", kInk));
  script.line(
      fmt::format("set key at screen 0.5,{} center top horizontal maxrows 1 samplen 1 width 1 textcolor rgb '{}'",
                  Script::number(1 - 8.0 / height), kInk));
  double low = 100, high = 0;
  std::vector<std::string> plots;
  std::vector<std::vector<double>> overall;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double row = rows - static_cast<double>(i);
    const Cell cell = measured(runs[i], "/metrics/accuracy", "", 100);
    if (cell.value) overall.push_back({*cell.value, row - 0.42, 0, 0.84});
    if (i % 2 == 1) {
      script.line(
          fmt::format("set object rectangle from graph 0, first {} to graph 1, first {} behind fillcolor rgb '{}' "
                      "fillstyle transparent solid 0.35 noborder",
                      Script::number(row - 0.5), Script::number(row + 0.5), kGrid));
    }
  }
  script.data("overall", overall);
  plots.push_back(
      fmt::format("$overall using 1:2:3:4 with vectors nohead linecolor rgb '{}' linewidth 1.2 title 'all'", kSoft));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::vector<std::vector<double>> data;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const Cell cell = measured(runs[i], "/metrics/groups/" + groups[g] + "/accuracy", "", 100);
      if (!cell.value) continue;
      const double lane = (lanes - 1) / 2 - static_cast<double>(g);
      data.push_back({*cell.value, rows - static_cast<double>(i) + lane * step, cell.low.value_or(*cell.value),
                      cell.high.value_or(*cell.value)});
      low = std::min(low, data.back()[2]);
      high = std::max(high, data.back()[3]);
    }
    if (data.empty()) continue;
    const Look& look = kLooks[g % std::size(kLooks)];
    const std::string name = fmt::format("group{}", g);
    script.data(name, data);
    plots.push_back(fmt::format(
        "${} using 1:2:3:4 with xerrorbars pointtype 0 linecolor rgb '{}' linewidth 1.1 notitle", name, look.colour));
    plots.push_back(fmt::format("${} using 1:2 with points pointtype {} pointsize 0.75 linecolor rgb '{}' title {}",
                                name, look.shape.filled, look.colour, Script::quote(groups[g])));
  }
  if (low > high) return std::nullopt;
  script.line(fmt::format("set xrange [{}:{}]", Script::number(std::max(0.0, low - 2)),
                          Script::number(std::min(100.5, high + 2))));
  script.line(fmt::format("plot {}", fmt::join(plots, ", \\\n     ")));

  Figure figure;
  figure.id = "group_accuracy";
  figure.title = "Accuracy of each group";
  figure.caption =
      "Points with 95 % intervals; the upright line is the accuracy over all test images. A fair model's groups "
      "lie on that line; long bars belong to small groups.";
  figure.alternative = "Dot plot of accuracy by group for every model; numbers in the table above.";
  figure.script = script.text();
  return figure;
}

}  // namespace flnas::reports
