#include "harness/base/text_table.h"

#include <algorithm>

#include "harness/base/text.h"

namespace flnas {
namespace {

/// Characters, not bytes, of UTF-8.
std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::size_t> widths_of(const std::vector<TextRow>& rows) {
  std::vector<std::size_t> widths;
  for (const TextRow& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length(row[i]));
  }
  return widths;
}

constexpr std::size_t kGap = 2;

bool is_right(const std::string& alignment, std::size_t column) {
  return column < alignment.size() && alignment[column] == 'r';
}

std::string markdown_line(const TextRow& cells, std::size_t columns) {
  std::string line = "|";
  for (std::size_t i = 0; i < columns; ++i) {
    line += " ";
    for (const char c : i < cells.size() ? cells[i] : std::string()) line += c == '|' ? "\\|" : std::string(1, c);
    line += " |";
  }
  return line + "\n";
}

std::string markdown_table(const std::vector<TextRow>& rows, const std::string& alignment) {
  const std::size_t columns = widths_of(rows).size();
  std::string text = "\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += markdown_line(rows[i], columns);
    if (i > 0) continue;
    text += "|";
    for (std::size_t column = 0; column < columns; ++column) text += is_right(alignment, column) ? "--:|" : ":--|";
    text += "\n";
  }
  return text + "\n";
}

}  // namespace

std::string show_table(const std::vector<TextRow>& rows, const std::string& alignment, const TableForm& form) {
  if (form.markdown) return markdown_table(rows, alignment);
  return form.wide ? text_table(rows, alignment) : narrow_tables(rows, alignment);
}

std::string wrap(const std::string& text, std::size_t column, std::size_t indent, std::size_t width) {
  std::string wrapped;
  bool at_start = true;
  for (const std::string& word : split(text, ' ')) {
    if (!at_start && column + 1 + length(word) > width) {
      wrapped += "\n" + std::string(indent, ' ');
      column = indent;
      at_start = true;
    }
    wrapped += at_start ? word : " " + word;
    column += length(word) + (at_start ? 0 : 1);
    at_start = false;
  }
  return wrapped;
}

std::vector<TextRow> transposed(const std::vector<TextRow>& rows) {
  std::vector<TextRow> columns(widths_of(rows).size());
  for (const TextRow& row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].push_back(i < row.size() ? row[i] : "");
  }
  return columns;
}

std::string text_table(const std::vector<TextRow>& rows, const std::string& alignment) {
  const auto widths = widths_of(rows);
  std::string text;
  for (const TextRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - length(row[i]), ' ');
      const bool right = is_right(alignment, i);
      line += i > 0 ? std::string(kGap, ' ') : "";
      line += right ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string narrow_tables(const std::vector<TextRow>& rows, const std::string& alignment, std::size_t width) {
  const auto widths = widths_of(rows);
  if (widths.size() < 2) return text_table(rows, alignment);
  std::string text;
  for (std::size_t from = 1; from < widths.size();) {
    std::size_t until = from, used = widths[0];
    while (until < widths.size() && (until == from || used + kGap + widths[until] <= width)) {
      used += kGap + widths[until++];
    }
    std::vector<TextRow> part;
    std::string sides = is_right(alignment, 0) ? "r" : "l";
    for (std::size_t i = from; i < until; ++i) sides += is_right(alignment, i) ? 'r' : 'l';
    for (const TextRow& row : rows) {
      TextRow& cells = part.emplace_back(TextRow{row.empty() ? "" : row[0]});
      for (std::size_t i = from; i < until && i < row.size(); ++i) cells.push_back(row[i]);
    }
    text += (from > 1 ? "\n" : "") + text_table(part, sides);
    from = until;
  }
  return text;
}

}  // namespace flnas
