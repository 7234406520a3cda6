#include "harness/base/text_table.h"

#include <algorithm>

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

}  // namespace

std::string text_table(const std::vector<TextRow>& rows, const std::string& alignment) {
  const auto widths = widths_of(rows);
  std::string text;
  for (const TextRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - length(row[i]), ' ');
      const bool right = i < alignment.size() && alignment[i] == 'r';
      line += i > 0 ? std::string(kGap, ' ') : "";
      line += right ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string narrow_tables(const std::vector<TextRow>& rows, char alignment, std::size_t width) {
  const auto widths = widths_of(rows);
  std::string text;
  for (std::size_t from = 1; from < widths.size();) {
    std::size_t until = from, used = widths[0];
    while (until < widths.size() && (until == from || used + kGap + widths[until] <= width)) {
      used += kGap + widths[until++];
    }
    std::vector<TextRow> part;
    for (const TextRow& row : rows) {
      TextRow& cells = part.emplace_back(TextRow{row.empty() ? "" : row[0]});
      for (std::size_t i = from; i < until && i < row.size(); ++i) cells.push_back(row[i]);
    }
    text += (from > 1 ? "\n" : "") + text_table(part, std::string("l") + std::string(until - from, alignment));
    from = until;
  }
  return text;
}

}  // namespace flnas
