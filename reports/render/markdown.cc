#include <fmt/format.h>

#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

std::string inline_text(const Document& document, std::string_view text) {
  std::string result;
  for (const Span& span : spans(text)) {
    switch (span.kind) {
      case Span::Kind::kPlain:
        result += escape_markdown(span.text);
        break;
      case Span::Kind::kCode:
        // a code span cannot hold its own delimiter, and inside a table no bar
        result += span.text.find_first_of("`|<>&") == std::string::npos
                      ? "`" + span.text + "`"
                      : "<code>" + escape_markdown(span.text) + "</code>";
        break;
      case Span::Kind::kStrong:
        result += "**" + escape_markdown(span.text) + "**";
        break;
      case Span::Kind::kReference:
        result += reference_text(document, span.text);
        break;
    }
  }
  return result;
}

/// Parts of a cell, one under the other.
std::string cell_markdown(const Document& document, const Cell& cell, const Column& column) {
  const CellText text = cell_text(cell, column);
  std::string lines = cell.value ? text.value : inline_text(document, text.value);
  const auto add = [&](const std::string& line) {
    if (!line.empty()) lines += (lines.empty() ? "" : "<br>") + line;
  };
  if (!text.interval.empty()) lines += " " + text.interval;
  add(text.support);
  add(text.seeds);
  if (!text.paper.empty()) {
    add("paper " + text.paper + (text.difference.empty() ? "" : " (" + text.difference + ")"));
  }
  add(text.mark.empty() ? "" : "*" + text.mark + "*");
  return lines.empty() ? "–" : lines;
}

std::string row_label(const Document& document, const Row& row) {
  std::string label = inline_text(document, row.label);
  for (const Mark mark : row.marks) label += "<br>*" + mark_name(mark) + "*";
  return label;
}

void add_panel(const Document& document, const Table& table, const Panel& panel, std::string& text) {
  std::string head = "| " + inline_text(document, table.row_title) + " |";
  std::string rule = "|:--|";
  for (const std::size_t i : panel.columns) {
    const Column& column = table.columns[i];
    head += " " + inline_text(document, column.title);
    if (!column.note.empty()) head += "<br>" + inline_text(document, column.note);
    head += " |";
    rule += column.words ? ":--|" : "--:|";
  }
  text += head + "\n" + rule + "\n";
  std::string group;
  for (const Row& row : table.rows) {
    if (row.group != group && !row.group.empty()) {
      text += "| **" + inline_text(document, row.group) + "** |";
      for (std::size_t column = 0; column < panel.columns.size(); ++column) text += " |";
      text += "\n";
    }
    group = row.group;
    text += "| " + row_label(document, row) + " |";
    for (const std::size_t i : panel.columns) {
      text += " " + cell_markdown(document, row.cells[i], table.columns[i]) + " |";
    }
    text += "\n";
  }
  text += "\n";
}

/// Why cells are empty or not to be trusted, and what the marks mean.
void add_notes(const Document& document, const Table& table, std::string& text) {
  for (const auto& note : table_notes(table)) text += "- " + inline_text(document, note) + "\n";
  if (!table_notes(table).empty()) text += "\n";
}

struct BlockWriter {
  const Document& document;
  std::string& text;

  void operator()(const Paragraph& paragraph) const { text += inline_text(document, paragraph.text) + "\n\n"; }
  void operator()(const List& list) const {
    for (const auto& item : list.items) text += "- " + inline_text(document, item) + "\n";
    text += "\n";
  }
  void operator()(const Callout& callout) const {
    text += "> **" + inline_text(document, callout.title) + "**\n>\n";
    for (const auto& line : callout.lines) text += "> - " + inline_text(document, line) + "\n";
    text += "\n";
  }
  void operator()(const Facts& facts) const {
    text += "| | |\n|:--|:--|\n";
    for (const auto& [name, value] : facts.items) {
      text += "| " + inline_text(document, name) + " | " + inline_text(document, value) + " |\n";
    }
    text += "\n";
  }
  void operator()(const Listing& listing) const {
    text += "```sh\n";
    for (const auto& line : listing.lines) text += without_controls(line) + "\n";
    text += "```\n\n";
  }
  void operator()(const Table& table) const {
    text += table.beside
                ? fmt::format("**{0}. {1}** stands beside this page: [{2}.md]({2}.md), [{2}.csv]({2}.csv).\n\n",
                              reference_text(document, table.id), inline_text(document, table.title), table.id)
                : to_markdown(document, table);
  }
  void operator()(const Figure& figure) const {
    const std::string caption = inline_text(document, figure.caption);
    if (figure.svg.empty()) {
      text += "**" + reference_text(document, figure.id) + "** (not drawn). " + caption + "\n\n";
      return;
    }
    text += fmt::format("![{}](figures/{}.svg)\n\n**{}. {}.** {}\n\n", escape_markdown(figure.alternative), figure.id,
                        reference_text(document, figure.id), inline_text(document, figure.title), caption);
  }
};

}  // namespace

std::string escape_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|#~$").find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

std::string to_markdown(const Document& document, const Table& table) {
  const std::string number = reference_text(document, table.id);
  std::string text = fmt::format("**{}. {}.** {}\n\n", number, inline_text(document, table.title),
                                 inline_text(document, table.caption));
  const auto parts = panels(table);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts.size() > 1) {
      text += fmt::format("*{}({}) {}*\n\n", number, static_cast<char>('a' + i), inline_text(document, parts[i].title));
    }
    add_panel(document, table, parts[i], text);
  }
  add_notes(document, table, text);
  return text;
}

std::string to_markdown(const Document& document, const Section& section) {
  std::string text;
  for (const Block& block : section.blocks) std::visit(BlockWriter{document, text}, block);
  return text;
}

std::string to_markdown(const Document& document) {
  std::string text = "# " + inline_text(document, document.title) + "\n\n";
  if (!document.subtitle.empty()) text += inline_text(document, document.subtitle) + "\n\n";
  for (const Section& section : document.sections) {
    text += "## " + inline_text(document, section.title) + "\n\n";
    text += to_markdown(document, section);
  }
  return text;
}

}  // namespace flnas::reports
