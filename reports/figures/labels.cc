#include "reports/figures/labels.h"

#include <algorithm>
#include <array>
#include <limits>

namespace flnas::reports {
namespace {

constexpr double kHeight = 15;
constexpr double kCharacter = 7.2;

/// Where a label may stand: offset of its anchor from the point, and its alignment.
struct Place {
  double dx, dy;
  int align;
};
constexpr std::array kPlaces{Place{9, 0, -1},   Place{-9, 0, 1},   Place{8, 11, -1},   Place{-8, 11, 1},
                             Place{8, -11, -1}, Place{-8, -11, 1}, Place{0, 15, 0},    Place{0, -15, 0},
                             Place{12, 24, -1}, Place{-12, 24, 1}, Place{12, -24, -1}, Place{-12, -24, 1},
                             Place{0, 30, 0},   Place{0, -30, 0},  Place{30, 0, -1},   Place{-30, 0, 1}};

Area area_of(double x, double y, double width, int align) {
  const double left = align < 0 ? x : align > 0 ? x - width : x - width / 2;
  return {left, y - kHeight / 2, left + width, y + kHeight / 2};
}

}  // namespace

double Area::overlap(const Area& other) const {
  const double width = std::min(right, other.right) - std::max(left, other.left);
  const double height = std::min(top, other.top) - std::max(bottom, other.bottom);
  return width > 0 && height > 0 ? width * height : 0;
}

std::vector<PlacedLabel> place_labels(const std::vector<std::string>& texts, const std::vector<double>& x,
                                      const std::vector<double>& y, const std::vector<Area>& obstacles,
                                      const Area& plot) {
  std::vector<Area> taken = obstacles;
  for (std::size_t i = 0; i < x.size(); ++i) taken.push_back({x[i] - 6, y[i] - 6, x[i] + 6, y[i] + 6});
  std::vector<PlacedLabel> placed;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const double width = kCharacter * static_cast<double>(texts[i].size());
    double best_cost = std::numeric_limits<double>::infinity();
    PlacedLabel best{};
    Area best_area{};
    double preference = 0;
    for (const Place& place : kPlaces) {
      const Area area = area_of(x[i] + place.dx, y[i] + place.dy, width, place.align);
      double cost = preference++;
      for (const Area& other : taken) cost += area.overlap(other);
      const Area inside{std::max(area.left, plot.left), std::max(area.bottom, plot.bottom),
                        std::min(area.right, plot.right), std::min(area.top, plot.top)};
      cost += 20 * (width * kHeight - inside.overlap(area));
      if (cost < best_cost) {
        best_cost = cost;
        best = {x[i] + place.dx, y[i] + place.dy, place.align};
        best_area = area;
      }
    }
    placed.push_back(best);
    taken.push_back(best_area);
  }
  return placed;
}

}  // namespace flnas::reports
