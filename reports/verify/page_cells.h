#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas::reports {

/// One cell of a page as a reader sees it, and what an HTML page says of its origin (render/html_table.cc).
struct PageCell {
  std::string text;  ///< Without markup; entities and escapes are decoded as far as letters and digits go.
  std::string sort;  ///< data-sort, the number in full; blank outside HTML.
  std::string run, file, key, inputs;  ///< data-run (of the cell or its row), ...; blank outside HTML.
};

struct PageRow {
  std::string label;
  std::vector<PageCell> cells;
};

/// The rows of one part of a table; a table with panels has several.
using PagePanel = std::vector<PageRow>;

/// The parts of the table with this id in report.html; none where the page does not show it.
std::vector<PagePanel> html_cells(std::string_view page, std::string_view id);
/// The parts of the one table in <id>.md and in <id>.tex.
std::vector<PagePanel> markdown_cells(std::string_view text);
std::vector<PagePanel> latex_cells(std::string_view text);

/// The numbers in a text as they are printed: "-0.1200", "11169858" (without separators of thousands), "1.2e+20".
std::vector<std::string> numerals(std::string_view text);
/// ASCII letters and digits alone: what stays of a text in every format.
std::string letters_and_digits(std::string_view text);

}  // namespace flnas::reports
