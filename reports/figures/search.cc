#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/metrics/pareto.h"
#include "reports/data/design_noise.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/figures/line_ends.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

constexpr int kWidth = 860, kHeight = 420;
constexpr const char* kColours[] = {kBlue, kVermilion, kGreen, kPurple, kAmber, kInk};

using Rows = std::vector<std::vector<double>>;

/// Whether a group holds several searches, so that means and bands are drawn.
bool several(const std::vector<SearchGroup>& groups) {
  return std::any_of(groups.begin(), groups.end(), [](const SearchGroup& group) { return group.searches.size() > 1; });
}

/// Designs so far, and the best one's Unfairness as mean, least and greatest over the searches.
Rows progress_of(const std::vector<const Search*>& searches) {
  std::map<std::size_t, std::vector<double>> values;
  for (const Search* search : searches) {
    std::map<std::string, double> unfairness;
    std::size_t designs = 0;
    for (const EvaluatedDesign& design : search->record.trajectory) {
      ++designs;
      if (design.scores.unfairness_sum) unfairness[design.name] = *design.scores.unfairness_sum;
      const auto found = unfairness.find(design.best.value_or(""));
      if (found != unfairness.end()) values[designs].push_back(found->second);
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

/// What 95 % of perfectly fair designs, as accurate as the best ones, stay below.
std::optional<double> noise_limit(const std::vector<SearchGroup>& groups) {
  std::vector<const Search*> searches;
  for (const SearchGroup& group : groups) {
    searches.insert(searches.end(), group.searches.begin(), group.searches.end());
  }
  const auto noise = best_designs_noise(searches);
  return noise ? std::optional(noise->high) : std::nullopt;
}

/// For a caption.
std::string noise_words(const std::optional<double>& limit) {
  if (!limit) return {};
  return " Shaded: what 95 % of perfectly fair designs, as accurate as the best ones, stay below with these groups; in "
         "it no unfairness is shown, and no order either.";
}

/// Shades Unfairness from 0 to the limit: along the y axis, or along the x axis.
void shade_noise(Script& script, double limit, bool along_y) {
  const std::string end = Script::number(limit);
  script.line(fmt::format("set object 1 rectangle from {} to {} behind fillcolor rgb '{}' fillstyle solid noborder",
                          along_y ? "graph 0,first 0" : "first 0,graph 0",
                          along_y ? "graph 1,first " + end : "first " + end + ",graph 1", kGrid));
  script.label("noise of a fair design", "graph 0.008, graph 0.03",
               fmt::format("left textcolor rgb '{}' front", kSoft));
}

}  // namespace

std::optional<Figure> search_trajectory_figure(const std::string& folder, const std::vector<SearchGroup>& groups) {
  Script script(kWidth, kHeight);
  std::vector<std::string> plots, names;
  for (const SearchGroup& group : groups) names.push_back(group.name);
  script.margins(70, line_end_margin(names), 24, 60);
  script.axis_title("x", "Designs evaluated");
  script.axis_title("y", "Unfairness of the best so far, validation");
  std::vector<LineEnd> ends;
  double last = 0, top = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Rows rows = progress_of(groups[i].searches);
    if (rows.empty()) continue;
    const char* colour = kColours[i % std::size(kColours)];
    const std::string data = fmt::format("group{}", i);
    script.data(data, rows);
    last = std::max(last, rows.back()[0]);
    plots.push_back(
        fmt::format("${} using 1:3:4 with filledcurves linecolor rgb '{}' fillstyle transparent solid 0.12 "
                    "notitle",
                    data, colour));
    plots.push_back(
        fmt::format("${} using 1:2 with linespoints pointtype {} pointsize 0.6 linewidth 1.6 linecolor rgb "
                    "'{}' notitle",
                    data, kShapes[i % std::size(kShapes)].filled, colour));
    ends.push_back({rows.back()[1], names[i], colour});
    for (const auto& row : rows) top = std::max(top, row[3]);
  }
  if (plots.empty()) return std::nullopt;
  const auto limit = noise_limit(groups);
  top = 1.08 * std::max(top, limit.value_or(0));
  if (top <= 0) top = 1;  // no design of the best was unfair at all
  if (limit) shade_noise(script, *limit, true);
  script.line(fmt::format("set xrange [0.5:{}]", Script::number(last)));
  script.line(fmt::format("set yrange [0:{}]", Script::number(top)));
  label_line_ends(script, ends, 0, top);
  script.line(last <= 12 ? "set xtics 1" : "set xtics autofreq");
  script.plot(plots);
  return Figure{
      .id = slug("trajectory", folder),
      .title = "Search trajectories",
      .caption = std::string("Unfairness of the best design so far, by the search's own rule") +
                 (several(groups) ? ": mean over seeds, the band from the least to the greatest." : ".") +
                 " The best may rise: a design above the floor on balanced accuracy replaces one below it." +
                 noise_words(limit),
      .alternative =
          "Line plot of the best design's Unfairness over the number of designs evaluated, one line per strategy.",
      .script = script.text()};
}

std::optional<Figure> search_front_figure(const std::string& folder, const std::vector<SearchGroup>& groups) {
  Script script(kWidth, kHeight);
  script.margins(70, 24, 44, 60);
  script.axis_title("x", "Unfairness, sum over groups, validation (fairer to the left)");
  script.axis_title("y", "Accuracy, validation (%)");
  script.key();
  std::vector<std::string> plots;
  std::vector<metrics::Point> all;
  std::size_t next = 0;
  for (const auto& [name, searches] : groups) {
    Rows rows;
    for (const Search* search : searches) {
      for (const EvaluatedDesign& design : search->record.trajectory) {
        const DesignScores& scores = design.scores;
        if (scores.unfairness_sum && scores.accuracy) rows.push_back({*scores.unfairness_sum, 100 * *scores.accuracy});
      }
    }
    const std::size_t number = next++;
    if (rows.empty()) continue;
    for (const auto& row : rows) all.push_back({row[0], -row[1]});
    const std::string data = fmt::format("designs{}", number);
    script.data(data, rows);
    plots.push_back(
        points(data, kShapes[number % std::size(kShapes)].hollow, 1.0, kColours[number % std::size(kColours)], name));
  }
  if (plots.empty()) return std::nullopt;
  Rows front;
  for (const std::size_t i : metrics::pareto_front(all)) front.push_back({all[i][0], -all[i][1]});
  std::sort(front.begin(), front.end());
  script.data("front", front);
  plots.push_back(fmt::format("$front using 1:2 with lines linecolor rgb '{}' dashtype 2 title 'Pareto front'", kInk));
  const auto limit = noise_limit(groups);
  if (limit) shade_noise(script, *limit, false);
  script.line("set xrange [0:*]");
  script.plot(plots);
  return Figure{
      .id = slug("search_front", folder),
      .title = "All designs of the searches",
      .caption = std::string("Every design that was evaluated, ") + (several(groups) ? "over all seeds, " : "") +
                 "on validation images. Dashed: the designs that no other one beats in both." + noise_words(limit),
      .alternative = "Scatter plot of accuracy over unfairness of all designs, by strategy.",
      .script = script.text()};
}

}  // namespace flnas::reports
