#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace flnas {

/// The cells of one line.
using TextRow = std::vector<std::string>;

/// Characters of a terminal that is not asked for more.
inline constexpr std::size_t kTerminalWidth = 80;

/// Rows as lines of aligned columns, two blanks between them, no blanks at the end. `alignment` has 'l' or 'r' for each
/// column; columns beyond it are left-aligned.
std::string text_table(const std::vector<TextRow>& rows, const std::string& alignment);

/// The same in as many tables as the width asks for, one below the other after a blank line, each with the first
/// column; 'l' or 'r' is of all further columns. A column that is wider than the width stands alone.
std::string narrow_tables(const std::vector<TextRow>& rows, char alignment = 'r', std::size_t width = kTerminalWidth);

}  // namespace flnas
