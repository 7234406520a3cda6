#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/document/cell_text.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

/// The lines that a row takes, one under the other: the value, its interval, the debiased one, the seeds, the paper's
/// value with the difference, the mark.
using Lines = std::array<std::string, 6>;

Lines cell_lines(const Document& document, const Cell& cell, const Column& column) {
  const CellText text = cell_text(cell, column);
  Lines lines;
  lines[0] = cell.value ? escape_latex(text.value) : latex_inline(document, text.value);
  lines[1] = escape_latex(text.interval);
  lines[2] = escape_latex(text.support);
  lines[3] = escape_latex(text.seeds);
  lines[4] = escape_latex(text.paper);
  if (!text.difference.empty()) lines[4] += " (" + escape_latex(text.difference) + ")";
  if (cell.mark == Mark::kSmall) {
    lines[0] = "\\emph{" + lines[0] + "}";  // a line of its own would double the height of tables of rates
  } else if (!text.mark.empty()) {
    lines[5] = "\\emph{" + text.mark + "}";
  }
  if (text.value.empty() && text.paper.empty() && text.mark.empty()) lines[0] = "--";
  return lines;
}

Lines label_lines(const Document& document, const Row& row) {
  Lines lines;
  lines[0] = latex_inline(document, row.label);
  lines[1] = "95\\,\\% interval";
  lines[2] = "without noise";
  lines[3] = "over seeds";
  lines[4] = "paper (difference)";
  lines[5] = "verdict, mark";
  return lines;
}

std::string marks_text(const Row& row) {
  std::string marks;
  for (const Mark mark : row.marks) marks += (marks.empty() ? "" : ", ") + mark_name(mark);
  return marks;
}

/// Only lines that some cell of the row fills; a first column that would name a line nobody has is left out.
void add_row(const Document& document, const Row& row, const Panel& panel, const Table& table, std::string& text) {
  std::vector<Lines> cells;
  for (const std::size_t i : panel.columns) cells.push_back(cell_lines(document, row.cells[i], table.columns[i]));
  const Lines labels = label_lines(document, row);
  const std::string marks = marks_text(row);
  for (std::size_t line = 0; line < labels.size(); ++line) {
    bool used = line == 0;
    for (const Lines& cell : cells) used = used || !cell[line].empty();
    if (!used) continue;
    std::string label = line == 0 ? labels[0] : "\\quad{\\color{gray}" + labels[line] + "}";
    if (line == 0 && !marks.empty()) label += " (\\emph{" + marks + "})";
    text += label;
    for (const Lines& cell : cells) text += " & " + cell[line];
    text += " \\\\\n";
  }
}

bool only_words(const Table& table) {
  return std::all_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return column.words; });
}

bool only_numbers(const Table& table) {
  return std::none_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return column.words; });
}

constexpr std::size_t kManyColumns = 6;
constexpr std::size_t kLongText = 36;  ///< characters; what is longer breaks into lines

/// Column types: numbers flush right, words flush left; a table of words alone fills the width of the page.
std::string column_types(const Table& table, const Panel& panel) {
  const auto paragraph = [](double width) {
    return fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", width);
  };
  if (!only_words(table)) {
    std::size_t label = 0;
    for (const Row& row : table.rows) label = std::max(label, row.label.size() + marks_text(row).size());
    std::string types = label <= kLongText ? "l" : paragraph(panel.columns.size() > kManyColumns ? 0.18 : 0.26);
    for (const std::size_t i : panel.columns) {
      std::size_t longest = 0;
      for (const Row& row : table.rows) longest = std::max(longest, row.cells[i].text.size());
      types += !table.columns[i].words ? "r" : longest > kLongText ? paragraph(0.28) : "l";
    }
    return types;
  }
  const bool wide_label = panel.columns.size() == 1 && table.rows.size() > 24;
  const double label = wide_label ? 0.42 : 0.22;
  std::string types = paragraph(label);
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    types += paragraph((0.95 - label) / static_cast<double>(panel.columns.size()));
  }
  return types;
}

std::string head(const Document& document, const Table& table, const Panel& panel) {
  std::string titles = latex_inline(document, table.row_title);
  std::string notes;
  bool any_note = false;
  for (const std::size_t i : panel.columns) {
    titles += " & " + latex_inline(document, table.columns[i].title);
    notes += " & " + latex_inline(document, table.columns[i].note);
    any_note = any_note || !table.columns[i].note.empty();
  }
  return "\\toprule\n" + titles + " \\\\\n" + (any_note ? notes + " \\\\\n" : "") + "\\midrule\n";
}

std::string body(const Document& document, const Table& table, const Panel& panel) {
  const bool has_numbers = !only_words(table);
  std::string text;
  std::string group;
  for (const Row& row : table.rows) {
    if (row.group != group) {
      if (&row != &table.rows.front()) text += "\\midrule\n";
      if (!row.group.empty()) {
        text += fmt::format("\\multicolumn{{{}}}{{@{{}}l}}{{\\emph{{{}}}}} \\\\\n", panel.columns.size() + 1,
                            latex_inline(document, row.group));
      }
    } else if (has_numbers && &row != &table.rows.front()) {
      text += "\\addlinespace[2pt]\n";
    }
    group = row.group;
    add_row(document, row, panel, table, text);
  }
  return text + "\\bottomrule\n";
}

std::string notes(const Document& document, const Table& table) {
  auto lines = table_notes(table);
  if (lines.empty()) return {};
  const auto marks = marks_used(table);
  if (std::find(marks.begin(), marks.end(), Mark::kSmall) != marks.end()) {
    lines.emplace_back("What is marked as small is set in italics.");
  }
  std::string text = "\\par\\smallskip\\begin{minipage}{\\linewidth}\\raggedright\n";
  for (const auto& line : lines) text += latex_inline(document, line) + "\\par\n";
  return text + "\\end{minipage}\n";
}

/// Many columns of numbers share the width that a label leaves, so that their heads break into lines.
std::string narrow_types(std::size_t columns) {
  constexpr double kLabel = 0.18, kGap = 0.0083;  ///< shares of the page's width; the gap is two column separations
  const double each = (1 - kLabel) / static_cast<double>(columns) - kGap;
  std::string types = fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", kLabel);
  for (std::size_t i = 0; i < columns; ++i) {
    types += fmt::format(">{{\\raggedleft\\arraybackslash}}p{{{:.4f}\\linewidth}}", each);
  }
  return types;
}

/// A table over several pages; letters are as large as its columns let them be.
std::string long_table(const Document& document, const Table& table, const std::string& caption) {
  const Panel panel = panels(table).front();
  const bool narrow = only_numbers(table) && panel.columns.size() > kManyColumns;
  std::string text = fmt::format("{{\\{}\\setlength{{\\tabcolsep}}{{{}pt}}\n\\begin{{longtable}}{{@{{}}",
                                 narrow || only_words(table) ? "scriptsize" : "footnotesize", narrow ? 2 : 3);
  text += (narrow ? narrow_types(panel.columns.size()) : column_types(table, panel)) + "@{}}\n";
  text += "\\caption{" + caption + "}\\\\\n" + head(document, table, panel) + "\\endfirsthead\n";
  text += head(document, table, panel) + "\\endhead\n";
  return text + body(document, table, panel) + "\\end{longtable}\n" + notes(document, table) + "}\n\n";
}

/// A few narrow columns fit into one of the page's two.
bool is_narrow(const Table& table, const Panel& panel) {
  std::size_t label = table.row_title.size();
  for (const Row& row : table.rows) label = std::max(label, row.label.size());
  return !only_words(table) && panel.columns.size() <= 3 && label <= 28;
}

/// A float, over one of the page's columns or both; made smaller where it is wider.
std::string float_table(const Document& document, const Table& table, const Panel& panel, const std::string& caption) {
  const std::string star = is_narrow(table, panel) ? "" : "*";
  std::string text = "\\begin{table" + star +
                     "}[tp]\n\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}\n\\caption{" + caption + "}\n";
  text += "\\sbox0{\\begin{tabular}{@{}" + column_types(table, panel) + "@{}}\n" + head(document, table, panel);
  text += body(document, table, panel) + "\\end{tabular}}\n";
  return text +
         "\\ifdim\\wd0>\\linewidth\\sbox0{\\resizebox{\\linewidth}{!}{\\usebox0}}\\fi\n"
         "\\ifdim\\dimexpr\\ht0+\\dp0\\relax>0.74\\textheight\\resizebox*{!}{0.74\\textheight}{\\usebox0}"
         "\\else\\usebox0\\fi\n";
}

}  // namespace

bool is_long(const Table& table) {
  const bool fits = only_words(table) || only_numbers(table) || table.columns.size() <= kManyColumns;
  return fits && panels(table).size() == 1 && table.rows.size() > 24;
}

std::string to_latex(const Document& document, const Table& table) {
  const std::string caption =
      fmt::format("\\textbf{{{}.}} {}", latex_inline(document, table.title), latex_inline(document, table.caption));
  if (is_long(table)) return long_table(document, table, caption);
  const auto parts = panels(table);
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string title = caption;
    if (parts.size() > 1) {
      title = fmt::format("\\textbf{{({}) {}.}} {}", static_cast<char>('a' + i), latex_inline(document, parts[i].title),
                          i == 0 ? caption : "");
    }
    // the parts of one table share its number
    if (i > 0) text += "\\addtocounter{table}{-1}\n";
    text += float_table(document, table, parts[i], title);
    if (i + 1 == parts.size()) text += notes(document, table);
    text += fmt::format("\\end{{table{}}}\n\n", is_narrow(table, parts[i]) ? "" : "*");
  }
  return text;
}

}  // namespace flnas::reports
