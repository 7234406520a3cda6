#include "reports/figures/line_ends.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace flnas::reports {
namespace {

constexpr double kLineHeight = 16, kCharacter = 7.4;
constexpr int kStroke = 18;  ///< pixels from the plot's area to a label

}  // namespace

std::vector<double> spread_labels(const std::vector<LineEnd>& ends, double low, double high, double gap) {
  std::vector<std::size_t> order(ends.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ends[a].y < ends[b].y; });
  std::vector<double> places(ends.size());
  double next = low;
  for (const std::size_t i : order) {
    places[i] = std::max(ends[i].y, next);
    next = places[i] + gap;
  }
  next = high;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    places[*i] = std::min(places[*i], next);
    next = places[*i] - gap;
  }
  return places;
}

void label_line_ends(Script& script, const std::vector<LineEnd>& ends, double low, double high) {
  const auto places = spread_labels(ends, low, high, kLineHeight * (high - low) / script.plot_height());
  const auto share = [&](double y) { return Script::number((y - low) / (high - low)); };
  const double stroke = static_cast<double>(kStroke) / script.plot_width();
  for (std::size_t i = 0; i < ends.size(); ++i) {
    script.line(
        fmt::format("set arrow from graph 1,graph {} to graph {},graph {} nohead linecolor rgb '{}' linewidth 0.8",
                    share(ends[i].y), Script::number(1 + 0.8 * stroke), share(places[i]), ends[i].colour));
    script.label(ends[i].text, fmt::format("graph {},graph {}", Script::number(1 + stroke), share(places[i])),
                 fmt::format("left textcolor rgb '{}' front", ends[i].colour));
  }
}

int line_end_margin(const std::vector<std::string>& texts) {
  std::size_t longest = 0;
  for (const auto& text : texts) longest = std::max(longest, text.size());
  return kStroke + 6 + static_cast<int>(kCharacter * static_cast<double>(longest));
}

}  // namespace flnas::reports
