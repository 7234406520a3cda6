#pragma once

#include <string>
#include <vector>

#include "reports/figures/script.h"

namespace flnas::reports {

/// A line's name, to stand at its right end in its colour.
struct LineEnd {
  double y;
  std::string text;
  const char* colour;
};

/// The values at which the labels stand, in the order of `ends`: at their lines' ends, moved apart by at least `gap`
/// where those are nearer, all within [low, high] as long as there is room.
std::vector<double> spread_labels(const std::vector<LineEnd>& ends, double low, double high, double gap);

/// Labels lines directly, in place of a key: a short stroke leads from each line's end, at the right edge of the plot's
/// area, to its name beside it. `low` and `high`: the range of y. Call after Script::margins.
void label_line_ends(Script& script, const std::vector<LineEnd>& ends, double low, double high);

/// Pixels that the labels need to the right of the plot's area.
int line_end_margin(const std::vector<std::string>& texts);

}  // namespace flnas::reports
