#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reports/document/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr const char* kPreamble = R"(\documentclass[10pt,a4paper,twocolumn]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[a4paper,margin=18mm]{geometry}
\usepackage{booktabs,longtable,array,graphicx,xcolor}
\extrafloats{200}
\renewcommand{\topfraction}{0.95}
\renewcommand{\dbltopfraction}{0.95}
\renewcommand{\textfraction}{0.05}
\renewcommand{\floatpagefraction}{0.7}
\renewcommand{\dblfloatpagefraction}{0.7}
\setcounter{topnumber}{4}
\setcounter{dbltopnumber}{4}
\setcounter{totalnumber}{8}
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

/// Names and paths may break after their punctuation, numbers not.
std::string code_latex(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += escape_latex(text.substr(i, 1));
    const bool in_number = text[i] == '.' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!in_number && std::string_view("/_-.=,:").find(text[i]) != std::string_view::npos) result += "\\allowbreak{}";
  }
  return "\\texttt{" + result + "}";
}

struct BlockWriter {
  const Document& document;
  std::string& tex;

  std::string text(std::string_view marked) const { return latex_inline(document, marked); }
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
  void operator()(const Table& table) const {
    // one that is not here keeps its number
    tex += table.beside ? fmt::format(
                              "\\stepcounter{{table}}\\textbf{{{0}. {1}}} stands beside this page: "
                              "\\href{{{2}.csv}}{{{3}}}.\n\n",
                              escape_latex(reference_text(document, table.id)), text(table.title), table.id,
                              code_latex(table.id + ".csv"))
                        : to_latex(document, table);
  }
  void operator()(const Figure& figure) const {
    tex += fmt::format(
        "\\begin{{figure*}}[t]\n\\centering\n\\IfFileExists{{figures/{0}.pdf}}"
        "{{\\includegraphics[width=\\linewidth]{{figures/{0}.pdf}}}}{{\\emph{{(figure not drawn)}}}}\n"
        "\\caption{{\\textbf{{{1}.}} {2}}}\n\\end{{figure*}}\n\n",
        figure.id, text(figure.title), text(figure.caption));
  }
};

/// "Table I, Table II, Figure 1.": floats may stand pages away.
std::string contents(const Document& document, const Section& section) {
  std::string text;
  for (const Block& block : section.blocks) {
    const auto* table = std::get_if<Table>(&block);
    const auto* figure = std::get_if<Figure>(&block);
    if (figure == nullptr && (table == nullptr || table->beside)) continue;
    text += (text.empty() ? "" : ", ") + reference_text(document, table != nullptr ? table->id : figure->id);
  }
  return text.empty() ? "" : text + ".\n\n";
}

/// Whether the section has a table over several pages, which needs the page's whole width.
bool is_wide(const Section& section) {
  return std::any_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) {
    const auto* table = std::get_if<Table>(&block);
    return table != nullptr && !table->beside && is_long(*table);
  });
}

}  // namespace

std::string latex_inline(const Document& document, std::string_view text) {
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
      // two of these would become a dash or a quotation mark
      if (std::string_view("-,'`").find(c) != std::string_view::npos && text.substr(i + 1, 1) == text.substr(i, 1)) {
        result += "{}";
      }
    }
  }
  return result;
}

std::string to_latex(const Document& document) {
  std::string text = kPreamble;
  text += "\\title{" + latex_inline(document, document.title) +
          "}\n\\author{}\n\\date{\\parbox{0.8\\textwidth}{\\centering " + latex_inline(document, document.subtitle) +
          "}}\n\\maketitle\n";
  const auto& sections = document.sections;
  const auto appendix = std::find_if_not(sections.rbegin(), sections.rend(), is_wide).base();
  bool wide = false;
  for (auto section = sections.begin(); section != sections.end(); ++section) {
    if (is_wide(*section) != wide) {
      wide = !wide;
      text += wide ? "\\clearpage\\onecolumn\n" : "\\clearpage\\twocolumn\n";
    }
    if (section == appendix) text += "\\appendix\n";
    text += (section->numbered ? "\\section{" : "\\section*{") + latex_inline(document, section->title) + "}\n";
    if (section->numbered) text += contents(document, *section);
    for (const Block& block : section->blocks) std::visit(BlockWriter{document, text}, block);
  }
  return text + "\\end{document}\n";
}

}  // namespace flnas::reports
