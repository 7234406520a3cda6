#include "reports/document/cell_text.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/base/text.h"

namespace flnas::reports {
namespace {

constexpr const char* kMinus = "\u2212";

std::string signed_number(double value, const NumberFormat& format) {
  const std::string text = format_number(value, format);
  const bool zero = text.find_first_not_of("0.,") == text.npos;
  return value > 0 && !zero ? "+" + text : text;
}

std::string marks_text(const Cell& cell) {
  std::string text;
  for (const Mark mark : marks_of(cell)) text += (text.empty() ? "" : ", ") + mark_name(mark);
  return text;
}

}  // namespace

std::string format_number(double value, const NumberFormat& format) {
  if (!std::isfinite(value)) return "undefined";
  const double scaled = value * format.scale;
  const double least = std::pow(10, -format.digits);
  if (format.probability && scaled < least) return fmt::format("<{:.{}f}", least, format.digits);
  if (std::fabs(scaled) > 1e15) return fmt::format("{:.3e}", scaled);
  std::string digits = fmt::format("{:.{}f}", std::fabs(scaled), format.digits);
  if (format.thousands) {
    const auto point = std::min(digits.find('.'), digits.size());
    digits = with_thousands(std::stoll(digits.substr(0, point))) + digits.substr(point);
  }
  const bool zero = digits.find_first_not_of("0.,") == digits.npos;
  return scaled < 0 && !zero ? kMinus + digits : digits;
}

CellText cell_text(const Cell& cell, const Column& column) {
  const NumberFormat& format = column.format;
  CellText text;
  if (cell.value) {
    text.value = format_number(*cell.value, format);
    if (cell.low && cell.high) {
      text.interval = fmt::format("[{}, {}]", format_number(*cell.low, format), format_number(*cell.high, format));
    }
    if (cell.debiased) text.support = "debiased " + format_number(*cell.debiased, format);
    if (!cell.terms.empty()) text.support += (text.support.empty() ? "" : ", ") + cell.terms;
    if (cell.seeds) {
      const std::string mean = format_number(cell.seeds->mean, format);
      text.seeds = fmt::format("{}± {} ({})", mean == text.value ? "" : mean + " ",
                               format_number(cell.seeds->sd, format), cell.seeds->n);
    }
    if (cell.difference && (*cell.difference != 0 || cell.low))
      text.difference = signed_number(*cell.difference, format);
    text.mark = marks_text(cell);
  } else if (cell.mark == Mark::kNotMeasured) {
    text.value = mark_name(cell.mark);
  } else {
    text.value = cell.text;
    text.mark = marks_text(cell);
  }
  if (cell.paper) text.paper = format_number(*cell.paper, format);
  return text;
}

}  // namespace flnas::reports
