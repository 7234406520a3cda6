#include "reports/verify/page_cells.h"

#include <array>
#include <cctype>
#include <utility>

#include "harness/base/text.h"

namespace flnas::reports {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string decoded(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [entity, character] : kEntities) text = replaced(std::move(text), entity, character);
  return text;
}

/// What stands between `from` and the next `to`; moves `at` behind it. False where there is none.
bool next_between(std::string_view text, std::string_view from, std::string_view to, std::size_t& at,
                  std::string_view& inside) {
  const auto begin = text.find(from, at);
  const auto end = begin == text.npos ? begin : text.find(to, begin + from.size());
  if (end == text.npos) return false;
  inside = text.substr(begin + from.size(), end - begin - from.size());
  at = end + to.size();
  return true;
}

std::string without_tags(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<') {
      text += html[at++];
      continue;
    }
    const std::string_view end = html.substr(at, 4) == "<svg" ? "</svg>" : ">";  // a drawing beside the number
    const auto close = html.find(end, at);
    at = close == html.npos ? html.size() : close + end.size();
    text += ' ';
  }
  return decoded(text);
}

/// The attribute's value in the text of a tag or of a cell; blank where there is none.
std::string attribute(std::string_view html, const std::string& name) {
  std::size_t at = 0;
  std::string_view value;
  return next_between(html, " " + name + "=\"", "\"", at, value) ? decoded(std::string(value)) : "";
}

PageCell html_cell(std::string_view cell, std::string_view row) {
  PageCell result;
  // the cell's own tag is cut off at its '>'
  const auto open = cell.find('>');
  const std::string tag = " " + std::string(cell.substr(0, open));
  const std::string_view inside = open == cell.npos ? std::string_view() : cell.substr(open + 1);
  result.text = without_tags(inside);
  result.sort = attribute(tag, "data-sort");
  result.key = attribute(inside, "data-key");
  result.inputs = attribute(inside, "data-inputs");
  if (result.key.empty()) return result;
  const bool own = inside.find(" data-file=\"") != inside.npos;
  result.run = attribute(own ? inside : row, "data-run");
  result.file = attribute(own ? inside : row, "data-file");
  return result;
}

/// The cells between the bars of a row of Markdown.
std::vector<std::string> bar_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      cell += line[++i];
    } else if (line[i] == '|') {
      for (const char* tag : {"<br>", "<code>", "</code>"}) cell = replaced(cell, tag, " ");
      cells.push_back(decoded(replaced(cell, "*", "")));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

bool blank(std::string_view text) { return text.find_first_not_of(' ') == text.npos; }

/// LaTeX without its commands, as far as letters and digits go.
std::string without_commands(std::string_view tex) {
  std::string text;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '\\' && i + 1 < tex.size() && is_letter(tex[i + 1])) {
      while (i + 1 < tex.size() && is_letter(tex[i + 1])) ++i;
    } else if (std::string_view("\\{}$").find(tex[i]) == std::string_view::npos) {
      text += tex[i];
    }
  }
  return text;
}

std::vector<std::string> ampersand_cells(std::string_view line) {
  constexpr std::string_view kBetween = " & ";
  std::vector<std::string> cells;
  for (auto end = line.find(kBetween); end != line.npos; end = line.find(kBetween)) {
    cells.push_back(without_commands(line.substr(0, end)));
    line.remove_prefix(end + kBetween.size());
  }
  cells.push_back(without_commands(line));
  return cells;
}

PageRow row_of(std::vector<std::string> cells) {
  PageRow row{cells.empty() ? "" : std::move(cells.front()), {}};
  for (std::size_t i = 1; i < cells.size(); ++i) row.cells.push_back({.text = std::move(cells[i])});
  return row;
}

/// The body of a tabular or longtable: rows, and below each the lines of its intervals, the paper's values, ...
PagePanel latex_rows(std::string_view body) {
  constexpr std::string_view kEnd = " \\\\", kContinued = "\\quad{\\color{gray}";
  PagePanel panel;
  for (const std::string& line : split(body, '\n')) {
    const std::string_view text = line;
    if (!text.ends_with(kEnd) || text.starts_with("\\multicolumn")) continue;
    auto cells = ampersand_cells(text.substr(0, text.size() - kEnd.size()));
    if (!text.starts_with(kContinued) || panel.empty()) {
      panel.push_back(row_of(std::move(cells)));
      continue;
    }
    auto& above = panel.back().cells;
    for (std::size_t i = 1; i < cells.size() && i <= above.size(); ++i) above[i - 1].text += " " + cells[i];
  }
  return panel;
}

}  // namespace

std::vector<PagePanel> html_cells(std::string_view page, std::string_view id) {
  std::vector<PagePanel> panels;
  std::size_t at = 0, body_at = 0;
  std::string_view figure, body;
  const std::string open = "<figure class=\"table\" id=\"" + std::string(id) + "\">";
  if (!next_between(page, open, "</figure>", at, figure)) return panels;
  while (next_between(figure, "<tbody>", "</tbody>", body_at, body)) {
    PagePanel& panel = panels.emplace_back();
    std::size_t row_at = 0, cell_at = 0;
    std::string_view row, cell;
    while (next_between(body, "<tr", "</tr>", row_at, row)) {
      if (row.starts_with(" class=\"group\"")) continue;
      const std::string_view tag = row.substr(0, row.find('>'));
      PageRow& read = panel.emplace_back();
      cell_at = 0;
      if (next_between(row, "<th", "</th>", cell_at, cell)) read.label = html_cell(cell, tag).text;
      while (next_between(row, "<td", "</td>", cell_at, cell)) read.cells.push_back(html_cell(cell, tag));
    }
  }
  return panels;
}

std::vector<PagePanel> markdown_cells(std::string_view text) {
  std::vector<PagePanel> panels;
  std::size_t line_of_table = 0;
  for (const std::string& line : split(text, '\n')) {
    if (!line.starts_with("| ") && !line.starts_with("|:")) {
      line_of_table = 0;
      continue;
    }
    if (++line_of_table == 1) panels.emplace_back();
    if (line_of_table <= 2) continue;  // the head and the rule below it
    auto cells = bar_cells(line);
    bool group = cells.size() > 1;
    for (std::size_t i = 1; i < cells.size(); ++i) group = group && blank(cells[i]);
    if (!group) panels.back().push_back(row_of(std::move(cells)));
  }
  return panels;
}

std::vector<PagePanel> latex_cells(std::string_view text) {
  std::vector<PagePanel> panels;
  std::size_t at = 0;
  std::string_view part;
  while (next_between(text, "\\midrule\n", "\\bottomrule", at, part)) {
    const auto head = part.find("\\endhead\n");  // a long table repeats its head
    panels.push_back(latex_rows(head == part.npos ? part : part.substr(head + 9)));
  }
  return panels;
}

std::vector<std::string> numerals(std::string_view original) {
  const std::string text = replaced(std::string(original), "\u2212", "-");
  std::vector<std::string> found;
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : ' '; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    const bool negative =
        i > 0 && text[i - 1] == '-' && (i == 1 || (!is_digit(text[i - 2]) && !is_letter(text[i - 2])));
    std::string number = negative ? "-" : "";
    for (; is_digit(at(i)) || (at(i) == ',' && is_digit(at(i + 1))); ++i) {
      if (text[i] != ',') number += text[i];
    }
    if (at(i) == '.' && is_digit(at(i + 1))) {
      number += text[i++];
      while (is_digit(at(i))) number += text[i++];
    }
    if (at(i) == 'e' && (at(i + 1) == '+' || at(i + 1) == '-') && is_digit(at(i + 2))) {
      number += text[i++], number += text[i++];
      while (is_digit(at(i))) number += text[i++];
    }
    found.push_back(number);
  }
  return found;
}

std::string letters_and_digits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (is_digit(c) || is_letter(c)) kept += c;
  }
  return kept;
}

}  // namespace flnas::reports
