#include <fmt/format.h>

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
\usepackage{booktabs,longtable,array,graphicx,xcolor}
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
  lines[4] = "verdict";
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

/// Column types: numbers flush right; words share the width that is left.
std::string column_types(const Table& table, const Panel& panel) {
  double wordy = 0;
  for (const std::size_t i : panel.columns) wordy += table.columns[i].words ? 1 : 0;
  const auto numeric = static_cast<double>(panel.columns.size()) - wordy;
  const double width = wordy > 0 ? (0.76 - 0.08 * numeric) / wordy : 0;
  std::string types = wordy > 0 ? ">{\\raggedright\\arraybackslash}p{0.2\\linewidth}" : "l";
  for (const std::size_t i : panel.columns) {
    types +=
        table.columns[i].words ? fmt::format(">{{\\raggedright\\arraybackslash}}p{{{:.3f}\\linewidth}}", width) : "r";
  }
  return types;
}

void add_panel(const Document& document, const Table& table, const Panel& panel, std::string& text) {
  const bool is_long = table.rows.size() > 24;
  const std::string environment = is_long ? "longtable" : "tabular";
  text += fmt::format("\\begin{{{}}}{{@{{}}{}@{{}}}}\n\\toprule\n", environment, column_types(table, panel));
  std::string head = inline_text(document, table.row_title);
  std::string units;
  bool any_unit = false;
  for (const std::size_t i : panel.columns) {
    head += " & " + inline_text(document, table.columns[i].title);
    units += " & " + inline_text(document, table.columns[i].note);
    any_unit = any_unit || !table.columns[i].note.empty();
  }
  text += head + " \\\\\n" + (any_unit ? units + " \\\\\n" : "") + "\\midrule\n" + (is_long ? "\\endhead\n" : "");
  std::string group = table.rows.empty() ? "" : table.rows.front().group;
  for (const Row& row : table.rows) {
    if (row.group != group) text += "\\midrule\n";
    group = row.group;
    add_row(document, row, panel, table, text);
  }
  text += fmt::format("\\bottomrule\n\\end{{{}}}\n", environment);
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
        "\\begin{{figure}}[htbp]\n\\centering\n\\IfFileExists{{figures/{0}.pdf}}"
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
  const auto parts = panels(table);
  std::string text;
  const bool is_long = table.rows.size() > 24;
  text += is_long ? "{\\scriptsize\\setlength{\\tabcolsep}{3pt}\n"
                  : "\\begin{table}[htbp]\n\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}\n";
  const std::string caption =
      fmt::format("\\textbf{{{}.}} {}", inline_text(document, table.title), inline_text(document, table.caption));
  text += is_long ? "\\captionof{table}{" + caption + "}\n" : "\\caption{" + caption + "}\n";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts.size() > 1) {
      text += fmt::format("\\par\\medskip\\textbf{{({})}} {}\\par\\smallskip\n", static_cast<char>('a' + i),
                          inline_text(document, parts[i].title));
    }
    add_panel(document, table, parts[i], text);
  }
  const auto notes = table_notes(table);
  if (!notes.empty()) {
    text += "\\par\\smallskip\\begin{minipage}{\\linewidth}\\raggedright\n";
    for (const auto& note : notes) text += inline_text(document, note) + "\\\\\n";
    text += "\\end{minipage}\n";
  }
  return text + (is_long ? "}\n\n" : "\\end{table}\n\n");
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
