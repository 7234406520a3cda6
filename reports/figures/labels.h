#pragma once

#include <string>
#include <vector>

namespace flnas::reports {

/// In pixels, y upwards.
struct Area {
  double left, bottom, right, top;
  double overlap(const Area& other) const;
};

struct PlacedLabel {
  double x, y;  ///< anchor
  int align;    ///< -1 left, 0 centre, 1 right
};

/// Puts a label beside each point so that labels cover as little as they can of each other, of the points and of
/// `obstacles`, and stay inside `plot`. Greedy in the given order; the same input gives the same places.
std::vector<PlacedLabel> place_labels(const std::vector<std::string>& texts, const std::vector<double>& x,
                                      const std::vector<double>& y, const std::vector<Area>& obstacles,
                                      const Area& plot);

}  // namespace flnas::reports
