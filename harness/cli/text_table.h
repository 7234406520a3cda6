#pragma once

#include <string>
#include <vector>

namespace flnas::cli {

using TextRow = std::vector<std::string>;

/// Rows of cells in aligned columns two blanks apart; the first row is the header. `alignment`: one letter a column,
/// l (left) or r (right); columns beyond it are left-aligned. No blanks at the end of a line.
std::string text_table(const std::vector<TextRow>& rows, const std::string& alignment);

}  // namespace flnas::cli
