#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reports/cell_text.h"
#include "reports/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr const char* kPreamble = R"(\documentclass[10pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[a4paper,margin=18mm]{geometry}
\usepackage{booktabs,longtable,array,float,graphicx,xcolor}
\usepackage[font=small,skip=4pt]{caption}
\usepackage[hidelinks]{hyperref}
\renewcommand{\thetable}{\Roman{table}}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\emergencystretch}{3em}
\begin{document}
)";

/// UTF-8 sequences that the report itself uses, in LaTeX.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kSymbols{{
    {"\u2212", "$-$"},
    {"\u2013", "--"},
    {"\u00b1", "$\\pm$"},
    {"\u00d7", "$\\times$"},
    {"\u2265", "$\\geq$"},
    {"\u2264", "$\\leq$"},
    {"\u00b7", "$\\cdot$"},
    {"\u2192", "$\\rightarrow$"},
    {"\u00b5", "$\\mu$"},
    {"\u2026", "\\dots{}"},
}};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/// One character that is not ASCII; what pdflatex's font has not becomes a question mark.
std::string non_ascii(std::string_view sequence) {
  for (const auto& [symbol, latex] : kSymbols) {
    if (sequence == symbol) return std::string(latex);
  }
  const bool latin = sequence.size() == 2 && static_cast<unsigned char>(sequence[0]) >= 0xc3 &&
                     static_cast<unsigned char>(sequence[0]) <= 0xc5 &&
                     (static_cast<unsigned char>(sequence[1]) & 0xc0) == 0x80;
  return latin ? std::string(sequence) : "?";
}

/// Names and paths may break after their punctuation.
std::string code_latex(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result += escape_latex(std::string_view(&c, 1));
    if (std::string_view("/_-.=,:").find(c) != std::string_view::npos) result += "\\allowbreak{}";
  }
  return "\\texttt{" + result + "}";
}

std::string inline_text(const Document& document, std::string_view text) {
  std::string result;
  for (const Span& span : spans(text)) {
    switch (span.kind) {
      case Span::Kind::kPlain:
        result += escape_latex(span.text);
        break;
      case Span::Kind::kCode:
        result += code_latex(span.text);
        break;
      case Span::Kind::kStrong:
        result += "\\textbf{" + escape_latex(span.text) + "}";
        break;
      case Span::Kind::kReference:
        result += escape_latex(reference_text(document, span.text));
        break;
    }
  }
  return result;
}

/// The lines that a row takes, one under the other: the value, its interval, the seeds, the paper's value with the
/// difference, the mark.
using Lines = std::array<std::string, 5>;

Lines cell_lines(const Document& document, const Cell& cell, const Column& column) {
  const CellText text = cell_text(cell, column);
  Lines lines;
  lines[0] = cell.value ? escape_latex(text.value) : inline_text(document, text.value);
  lines[1] = escape_latex(text.interval);
  lines[2] = escape_latex(text.seeds);
  lines[3] = escape_latex(text.paper);
  if (!text.difference.empty()) lines[3] += " (" + escape_latex(text.difference) + ")";
  lines[4] = text.mark.empty() ? "" : "\\emph{" + text.mark + "}";
  if (text.value.empty() && text.paper.empty() && text.mark.empty()) lines[0] = "--";
  return lines;
}

Lines label_lines(const Document& document, const Row& row) {
  Lines lines;
  lines[0] = inline_text(document, row.label);
  lines[1] = "95\\,\\% interval";
  lines[2] = "over seeds";
  lines[3] = "paper (difference)";
  lines[4] = "verdict, mark";
  return lines;
}

/// Only lines that some cell of the row fills; a first column that would name a line nobody has is left out.
void add_row(const Document& document, const Row& row, const Panel& panel, const Table& table, std::string& text) {
  std::vector<Lines> cells;
  for (const std::size_t i : panel.columns) cells.push_back(cell_lines(document, row.cells[i], table.columns[i]));
  const Lines labels = label_lines(document, row);
  std::string marks;
  for (const Mark mark : row.marks) marks += (marks.empty() ? "" : ", ") + mark_name(mark);
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

/// Column types: numbers flush right, words flush left; a table of words alone fills the width of the page.
std::string column_types(const Table& table, const Panel& panel) {
  if (!only_words(table)) {
    std::string types = "l";
    for (const std::size_t i : panel.columns) types += table.columns[i].words ? "l" : "r";
    return types;
  }
  const auto paragraph = [](double width) {
    return fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", width);
  };
  const bool wide_label = panel.columns.size() == 1 && table.rows.size() > 24;
  const double label = wide_label ? 0.42 : 0.22;
  std::string types = paragraph(label);
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    types += paragraph((0.95 - label) / static_cast<double>(panel.columns.size()));
  }
  return types;
}

/// Words only, and too many rows for one page.
bool is_long(const Table& table) { return only_words(table) && table.rows.size() > 24; }

std::string head(const Document& document, const Table& table, const Panel& panel) {
  std::string titles = inline_text(document, table.row_title);
  std::string notes;
  bool any_note = false;
  for (const std::size_t i : panel.columns) {
    titles += " & " + inline_text(document, table.columns[i].title);
    notes += " & " + inline_text(document, table.columns[i].note);
    any_note = any_note || !table.columns[i].note.empty();
  }
  return "\\toprule\n" + titles + " \\\\\n" + (any_note ? notes + " \\\\\n" : "") + "\\midrule\n";
}

std::string body(const Document& document, const Table& table, const Panel& panel) {
  const bool has_numbers = !only_words(table);
  std::string text;
  std::string group = table.rows.empty() ? "" : table.rows.front().group;
  for (const Row& row : table.rows) {
    if (row.group != group) {
      text += "\\midrule\n";
    } else if (has_numbers && &row != &table.rows.front()) {
      text += "\\addlinespace[2pt]\n";
    }
    group = row.group;
    add_row(document, row, panel, table, text);
  }
  return text + "\\bottomrule\n";
}

std::string notes(const Document& document, const Table& table) {
  const auto lines = table_notes(table);
  if (lines.empty()) return {};
  std::string text = "\\par\\smallskip\\begin{minipage}{\\linewidth}\\raggedright\n";
  for (const auto& line : lines) text += inline_text(document, line) + "\\par\n";
  return text + "\\end{minipage}\n";
}

/// A table over several pages.
std::string long_table(const Document& document, const Table& table, const std::string& caption) {
  const Panel panel = panels(table).front();
  std::string text =
      "{\\scriptsize\\setlength{\\tabcolsep}{3pt}\n\\begin{longtable}{@{}" + column_types(table, panel) + "@{}}\n";
  text += "\\caption{" + caption + "}\\\\\n" + head(document, table, panel) + "\\endhead\n";
  return text + body(document, table, panel) + "\\end{longtable}\n" + notes(document, table) + "}\n\n";
}

/// A float; made smaller where it is wider than the page.
std::string float_table(const Document& document, const Table& table, const Panel& panel, const std::string& caption) {
  std::string text =
      "\\begin{table}[H]\n\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}\n\\caption{" + caption + "}\n";
  text += "\\sbox0{\\begin{tabular}{@{}" + column_types(table, panel) + "@{}}\n" + head(document, table, panel);
  text += body(document, table, panel) + "\\end{tabular}}\n";
  return text + "\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi\n";
}

struct BlockWriter {
  const Document& document;
  std::string& tex;

  std::string text(std::string_view marked) const { return inline_text(document, marked); }
  void items(const std::vector<std::string>& lines) const {
    if (lines.empty()) return;
    tex += "\\begin{itemize}\n";
    for (const auto& line : lines) tex += "\\item " + text(line) + "\n";
    tex += "\\end{itemize}\n";
  }

  void operator()(const Paragraph& paragraph) const { tex += text(paragraph.text) + "\n\n"; }
  void operator()(const List& list) const { items(list.items); }
  void operator()(const Callout& callout) const {
    tex += "\\noindent\\rule{\\linewidth}{0.8pt}\n\n\\textbf{" + text(callout.title) + "}\n";
    items(callout.lines);
    tex += "\\noindent\\rule{\\linewidth}{0.8pt}\n\n";
  }
  void operator()(const Facts& facts) const {
    tex += "\\begin{description}\n";
    for (const auto& [name, value] : facts.items) tex += "\\item[" + text(name) + "] " + text(value) + "\n";
    tex += "\\end{description}\n";
  }
  void operator()(const Listing& listing) const {
    tex += "{\\footnotesize\\raggedright\n";
    for (const auto& line : listing.lines) tex += code_latex(without_controls(line)) + "\\par\n";
    tex += "}\n\n";
  }
  void operator()(const Table& table) const { tex += to_latex(document, table); }
  void operator()(const Figure& figure) const {
    tex += fmt::format(
        "\\begin{{figure}}[H]\n\\centering\n\\IfFileExists{{figures/{0}.pdf}}"
        "{{\\includegraphics[width=\\linewidth]{{figures/{0}.pdf}}}}{{\\emph{{(figure not drawn)}}}}\n"
        "\\caption{{\\textbf{{{1}.}} {2}}}\n\\end{{figure}}\n\n",
        figure.id, text(figure.title), text(figure.caption));
  }
};

}  // namespace

std::string escape_latex(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t length = sequence_length(static_cast<unsigned char>(c));
      result += non_ascii(text.substr(i, length));
      i += length - 1;
    } else if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) {
      result += '\\';
      result += c;
    } else if (c == '\\') {
      result += "\\textbackslash{}";
    } else if (c == '~') {
      result += "\\textasciitilde{}";
    } else if (c == '^') {
      result += "\\textasciicircum{}";
    } else if (c == '<' || c == '>' || c == '|') {
      result += fmt::format("$\\mathtt{{{}}}$", c);
    } else if (c == '"') {
      result += "\\textquotedbl{}";
    } else {
      result += c;
    }
  }
  return result;
}

std::string to_latex(const Document& document, const Table& table) {
  const std::string caption =
      fmt::format("\\textbf{{{}.}} {}", inline_text(document, table.title), inline_text(document, table.caption));
  if (is_long(table)) return long_table(document, table, caption);
  const auto parts = panels(table);
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string title = caption;
    if (parts.size() > 1) {
      title = fmt::format("\\textbf{{({}) {}.}} {}", static_cast<char>('a' + i), inline_text(document, parts[i].title),
                          i == 0 ? caption : "");
    }
    // the parts of one table share its number
    if (i > 0) text += "\\addtocounter{table}{-1}\n";
    text += float_table(document, table, parts[i], title);
    if (i + 1 == parts.size()) text += notes(document, table);
    text += "\\end{table}\n\n";
  }
  return text;
}

std::string to_latex(const Document& document) {
  std::string text = kPreamble;
  text += "\\title{" + inline_text(document, document.title) + "}\n\\author{}\n\\date{" +
          inline_text(document, document.subtitle) + "}\n\\maketitle\n";
  for (const Section& section : document.sections) {
    text += "\\section{" + inline_text(document, section.title) + "}\n";
    for (const Block& block : section.blocks) std::visit(BlockWriter{document, text}, block);
  }
  return text + "\\end{document}\n";
}

}  // namespace flnas::reports
