#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/metrics/pareto.h"
#include "reports/figures/figures.h"
#include "reports/figures/script.h"
#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860, kHeight = 420;
constexpr const char* kColours[] = {kBlue, kVermilion, kGreen, kPurple, kAmber, kInk};
constexpr Shape kShapes[] = {kCircle, kDiamond, kTriangle, kSquare, kTriangleDown};

using Rows = std::vector<std::vector<double>>;

/// Whether a group holds several searches, so that means and bands are drawn.
bool several(const std::vector<SearchGroup>& groups) {
  return std::any_of(groups.begin(), groups.end(), [](const SearchGroup& group) { return group.searches.size() > 1; });
}

/// Designs so far, and the best one's Unfairness as mean, least and greatest over the searches.
Rows progress_of(const std::vector<const Record*>& searches) {
  std::map<std::size_t, std::vector<double>> values;
  for (const Record* search : searches) {
    const Json& trajectory = search->at("/trajectory");
    std::map<std::string, double> unfairness;
    for (std::size_t i = 0; i < trajectory.size(); ++i) {
      const auto value = search->number(fmt::format("/trajectory/{}/scores/unfairness_sum", i));
      if (value) unfairness[trajectory[i].value("name", "")] = *value;
      const std::string best = search->text(fmt::format("/trajectory/{}/best", i));
      if (const auto found = unfairness.find(best); found != unfairness.end()) values[i + 1].push_back(found->second);
    }
  }
  Rows rows;
  for (const auto& [designs, all] : values) {
    if (all.size() < searches.size()) continue;
    double sum = 0;
    for (const double value : all) sum += value;
    const auto [least, greatest] = std::minmax_element(all.begin(), all.end());
    rows.push_back({static_cast<double>(designs), sum / static_cast<double>(all.size()), *least, *greatest});
  }
  return rows;
}

}  // namespace

std::optional<Figure> search_trajectory_figure(const std::string& folder, const std::vector<SearchGroup>& groups) {
  Script script(kWidth, kHeight);
  script.margins(70, 130, 24, 60);
  script.axis_title("x", "Designs evaluated");
  script.axis_title("y", "Unfairness of the best so far, validation");
  std::vector<std::string> plots;
  struct Label {
    double y;
    std::string text;
    const char* colour;
  };
  std::vector<Label> labels;
  double last = 0, top = 0;
  std::size_t arm = 0;
  for (const auto& [name, searches] : groups) {
    const Rows rows = progress_of(searches);
    const char* colour = kColours[arm % std::size(kColours)];
    const std::string data = fmt::format("arm{}", arm++);
    if (rows.empty()) continue;
    script.data(data, rows);
    last = std::max(last, rows.back()[0]);
    plots.push_back(
        fmt::format("${} using 1:3:4 with filledcurves linecolor rgb '{}' fillstyle transparent solid 0.12 "
                    "notitle",
                    data, colour));
    plots.push_back(
        fmt::format("${} using 1:2 with linespoints pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb "
                    "'{}' notitle",
                    data, colour));
    labels.push_back({rows.back()[1], without_controls(name), colour});
    for (const auto& row : rows) top = std::max(top, row[3]);
  }
  if (plots.empty()) return std::nullopt;
  script.line(fmt::format("set xrange [0.5:{}]", Script::number(last)));
  script.line(fmt::format("set yrange [0:{}]", Script::number(1.08 * top)));
  std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
  double free = 0;  // labels stand at their lines' ends, and not on each other
  for (const Label& label : labels) {
    const double y = std::max(label.y, free);
    free = y + 0.055 * top;
    script.label(label.text, fmt::format("first {},first {}", Script::number(last), Script::number(y)),
                 fmt::format("left offset 0.8,0 textcolor rgb '{}' front", label.colour));
  }
  script.line(last <= 12 ? "set xtics 1" : "set xtics autofreq");
  script.plot(plots);
  return Figure{
      slug("trajectory", folder),
      "Search trajectories",
      std::string("Unfairness of the best design so far, by the search's own rule") +
          (several(groups) ? ": mean over seeds, the band from the least to the greatest." : ".") +
          " The best may rise: a design above the floor on balanced accuracy replaces one below it.",
      "Line plot of the best design's Unfairness over the number of designs evaluated, one line per designer.",
      script.text(),
      ""};
}

std::optional<Figure> search_front_figure(const std::string& folder, const std::vector<SearchGroup>& groups) {
  Script script(kWidth, kHeight);
  script.margins(70, 24, 44, 60);
  script.axis_title("x", "Unfairness, sum over groups, validation (fairer to the left)");
  script.axis_title("y", "Accuracy, validation (%)");
  script.key();
  std::vector<std::string> plots;
  std::vector<metrics::Point> all;
  std::size_t arm = 0;
  for (const auto& [name, searches] : groups) {
    Rows rows;
    for (const Record* search : searches) {
      for (std::size_t i = 0; i < search->at("/trajectory").size(); ++i) {
        const std::string key = fmt::format("/trajectory/{}/scores/", i);
        const auto x = search->number(key + "unfairness_sum"), y = search->number(key + "accuracy");
        if (x && y) rows.push_back({*x, 100 * *y});
      }
    }
    const std::size_t number = arm++;
    if (rows.empty()) continue;
    for (const auto& row : rows) all.push_back({row[0], -row[1]});
    const std::string data = fmt::format("designs{}", number);
    script.data(data, rows);
    plots.push_back(points(data, kShapes[number % std::size(kShapes)].hollow, 1.0,
                           kColours[number % std::size(kColours)], without_controls(name)));
  }
  if (plots.empty()) return std::nullopt;
  Rows front;
  for (const std::size_t i : metrics::pareto_front(all)) front.push_back({all[i][0], -all[i][1]});
  std::sort(front.begin(), front.end());
  script.data("front", front);
  plots.push_back(fmt::format("$front using 1:2 with lines linecolor rgb '{}' dashtype 2 title 'Pareto front'", kInk));
  script.line("set xrange [0:*]");
  script.plot(plots);
  return Figure{slug("search_front", folder),
                "All designs of the searches",
                std::string("Every design that was evaluated, ") + (several(groups) ? "over all seeds, " : "") +
                    "on validation images. Dashed: the designs that no other one beats in both.",
                "Scatter plot of accuracy over unfairness of all designs, by designer.",
                script.text(),
                ""};
}

}  // namespace flnas::reports
