#pragma once

#include <string>

#include "reports/document/table.h"

namespace flnas::reports {

/// A cell in words: what every readable format prints, each part empty where the cell has none. UTF-8, with U+2212 as
/// the minus sign. No part repeats another.
struct CellText {
  std::string value;       ///< "64.67", "11,169,858", "search3", "not measured"
  std::string interval;    ///< "[61.70, 67.50]"
  std::string support;     ///< "debiased 0.0654, 3 of 4 pairs"
  std::string seeds;       ///< "64.1 ± 0.8 (5)": mean, standard deviation, number of seeds
  std::string paper;       ///< "66.67"
  std::string difference;  ///< "−2.00"; empty for counts that are equal
  std::string mark;        ///< "within", "not comparable", "estimated, differs"; not measured stands in `value`
};

CellText cell_text(const Cell& cell, const Column& column);

/// The number as the column prints it.
std::string format_number(double value, const NumberFormat& format);

}  // namespace flnas::reports
