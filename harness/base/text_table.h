#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace flnas {

/// The cells of one line.
using TextRow = std::vector<std::string>;

/// Characters of a terminal that is not asked for more.
inline constexpr std::size_t kTerminalWidth = 80;

/// How a listing shows its tables.
struct TableForm {
  bool wide = false;      ///< every column in one table, however wide
  bool markdown = false;  ///< a table of Markdown, between blank lines, with every column

  /// Whether what is left out to fit a terminal is to be shown.
  bool is_whole() const { return wide || markdown; }
};

/// The table of a listing: the first row has the titles. Fits kTerminalWidth as narrow_tables() does unless it is
/// whole. `alignment` as of text_table().
std::string show_table(const std::vector<TextRow>& rows, const std::string& alignment, const TableForm& form = {});

/// `text` in lines of at most `width` columns, the first at column `column`, the others indented by `indent`. Words
/// longer than a line stay whole. No newline at the end.
std::string wrap(const std::string& text, std::size_t column, std::size_t indent, std::size_t width = kTerminalWidth);

/// Columns as rows: a table of many columns and few rows so fits a terminal.
std::vector<TextRow> transposed(const std::vector<TextRow>& rows);

/// Rows as lines of aligned columns, two blanks between them, no blanks at the end. `alignment` has 'l' or 'r' for each
/// column; columns beyond it are left-aligned.
std::string text_table(const std::vector<TextRow>& rows, const std::string& alignment);

/// The same in as many tables as the width asks for, one below the other after a blank line, each with the first
/// column. A column that is wider than the width stands alone.
std::string narrow_tables(const std::vector<TextRow>& rows, const std::string& alignment,
                          std::size_t width = kTerminalWidth);

}  // namespace flnas
