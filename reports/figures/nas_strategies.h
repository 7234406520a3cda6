#pragma once

#include <vector>

#include "reports/data/report_inputs.h"
#include "reports/figures/script.h"

namespace flnas::reports {

/// How a strategy of a search on tables is drawn in every figure: colour, point and kind of line all tell it apart.
struct DrawnStrategy {
  const NasStrategy* strategy;
  std::string title;
  const char* colour;
  Shape shape;
  int dash;  ///< gnuplot's dashtype
};

/// Those that were measured, ablations left out, seven at most: a figure holds a handful of lines.
std::vector<DrawnStrategy> drawn_strategies(const NasSearchRecord& record);

}  // namespace flnas::reports
