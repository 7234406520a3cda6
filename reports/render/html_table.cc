#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/render/html_terms.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

/// What a column's small plots share: the range of everything in them.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(const std::optional<double>& value) {
    if (!value || !std::isfinite(*value)) return;
    low = std::min(low, *value);
    high = std::max(high, *value);
  }
  bool usable() const { return high > low; }
};

constexpr std::size_t kPlottedRows = 36;  ///< longer tables are for looking things up

Range range_of(const Table& table, std::size_t column) {
  Range range;
  if (table.rows.size() > kPlottedRows) return range;
  for (const Row& row : table.rows) {
    const Cell& cell = row.cells[column];
    for (const auto& value : {cell.value, cell.low, cell.high, cell.paper}) range.include(value);
  }
  return range;
}

/// Interval, value and the paper's value on one line; decoration beside the numbers, so hidden from screen readers.
std::string small_plot(const Cell& cell, const Range& range) {
  if (!cell.low || !cell.high || !range.usable()) return {};
  constexpr double kWidth = 76;
  const auto x = [&](double value) { return 4 + kWidth * (value - range.low) / (range.high - range.low); };
  std::string svg = R"(<svg class="forest" viewBox="0 0 84 12" aria-hidden="true">)";
  svg += R"(<path class="base" d="M2 6H82"/>)";
  svg += fmt::format(R"(<path class="ci" d="M{:.1f} 6H{:.1f}"/>)", x(*cell.low), x(*cell.high));
  if (cell.paper)
    svg += fmt::format(R"(<path class="ref" d="M{:.1f} 1.5l3.5 4.5l-3.5 4.5l-3.5 -4.5z"/>)", x(*cell.paper));
  svg += fmt::format(R"(<circle class="dot" cx="{:.1f}" cy="6" r="2.6"/></svg>)", x(*cell.value));
  return svg;
}

std::string slug(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '-');
  return text;
}

/// The mark's name, which links to its meaning.
std::string pill(const Document& document, Mark mark) {
  const std::string name = mark_name(mark), address = term_address(document, name);
  if (address.empty()) return fmt::format(R"(<span class="mark m-{}">{}</span>)", slug(name), name);
  return fmt::format(R"(<a class="mark m-{}" href="{}">{}</a>)", slug(name), address, name);
}

std::string tooltip(const Cell& cell) {
  return cell.reason.empty() ? "" : fmt::format(R"( title="{}")", escape_html(without_controls(cell.reason)));
}

/// The file that every cell of a row comes from stands once, at the row.
Provenance origin_of(const Row& row, const Panel& panel) {
  Provenance origin;
  for (const std::size_t i : panel.columns) {
    const Cell& cell = row.cells[i];
    if (!cell.value || !cell.inputs.empty()) continue;
    if (origin.file.empty()) origin = cell.provenance;
    if (cell.provenance.file != origin.file || cell.provenance.run != origin.run) return {};
  }
  return origin;
}

std::string origin_html(const Provenance& origin) {
  if (origin.file.empty()) return {};
  return fmt::format(R"( data-run="{}" data-file="{}")", escape_html(origin.run), escape_html(origin.file));
}

/// The value; where its record is known it is a button that shows where it comes from (assets/report.js).
std::string value_html(const Cell& cell, const std::string& text, const Provenance& row) {
  const Provenance& from = cell.provenance;
  const std::string count = cell.n ? fmt::format(R"( data-n="{}")", *cell.n) : "";
  if (!cell.inputs.empty()) {
    return fmt::format(R"(<button class="value" data-inputs="{}"{}>{}</button>)", escape_html(inputs_json(cell).dump()),
                       count, escape_html(text));
  }
  if (from.file.empty()) return fmt::format(R"(<span class="value">{}</span>)", escape_html(text));
  return fmt::format(R"(<button class="value"{} data-key="{}"{}>{}</button>)",
                     row.file.empty() ? origin_html(from) : "", escape_html(from.key), count, escape_html(text));
}

std::string cell_html(const Document& document, const Cell& cell, const Column& column, const Range& range,
                      const Provenance& row) {
  const CellText text = cell_text(cell, column);
  std::string inside;
  const auto add = [&](const char* kind, const std::string& part) {
    if (!part.empty()) inside += fmt::format(R"(<span class="{}">{}</span>)", kind, escape_html(part));
  };
  if (cell.value) {
    inside += value_html(cell, text.value, row);
    add("interval", text.interval);
    inside += small_plot(cell, range);
    add("interval", text.support);
    add("seeds", text.seeds);
  } else if (cell.mark == Mark::kNotMeasured) {
    inside += pill(document, cell.mark);
  } else {
    inside += html_inline(document, text.value);
  }
  if (!text.paper.empty()) {
    const std::string gap = text.difference.empty() ? "" : fmt::format(R"( <b>{}</b>)", escape_html(text.difference));
    inside += fmt::format(R"(<span class="paper">paper {}{}</span>)", escape_html(text.paper), gap);
  }
  if (!text.mark.empty()) {
    for (const Mark mark : marks_of(cell)) inside += pill(document, mark);
  }
  if (inside.empty()) inside = R"(<span class="none">–</span>)";
  const std::string sort = cell.value ? fmt::format(R"( data-sort="{}")", *cell.value) : "";
  return fmt::format(R"(<td{}{}{}>{}</td>)", column.words ? R"( class="words")" : "", sort, tooltip(cell), inside);
}

/// A head that sorts; `key`: of the word that its column shows, to which a link explains it.
std::string head_html(const Document& document, const std::string& key, const std::string& title,
                      const std::string& note, bool is_words) {
  std::string html = fmt::format(R"(<th scope="col"{}><button type="button">{}</button>)",
                                 is_words ? R"( class="words")" : "", html_inline(document, title));
  if (const std::string address = term_address(document, key); !address.empty()) {
    html += fmt::format(R"( <a class="term" href="{}" aria-label="What {} means">?</a>)", escape_html(address),
                        escape_html(without_controls(title)));
  }
  if (!note.empty()) html += fmt::format(R"(<span class="unit">{}</span>)", html_inline(document, note));
  return html + "</th>";
}

std::string row_head(const Document& document, const Row& row) {
  const std::string title = row.note.empty() ? "" : fmt::format(R"( title="{}")", escape_html(row.note));
  std::string html = fmt::format(R"(<th scope="row"{}>{})", title, html_inline(document, row.label));
  for (const Mark mark : row.marks) html += pill(document, mark);
  return html + "</th>";
}

/// Explains the small plots, where the table has any.
std::string plot_key(const Table& table) {
  bool intervals = false, paper = false;
  for (const Row& row : table.rows) {
    for (const Cell& cell : row.cells) {
      const bool drawn = cell.value && cell.low && cell.high;
      intervals = intervals || drawn;
      paper = paper || (drawn && cell.paper);
    }
  }
  if (!intervals || table.rows.size() > kPlottedRows) return {};
  return std::string(" Small plots: the dot is our value, the bar its interval") +
         (paper ? ", the diamond the paper's value; one scale for each column." : "; one scale for each column.");
}

std::string panel_html(const Document& document, const Table& table, const Panel& panel, const std::string& title) {
  std::string html = R"(<div class="scroll" tabindex="0" role="region" aria-label=")" + escape_html(title) + "\">";
  html += "<table class=\"data\">\n<thead><tr>" + head_html(document, "", table.row_title, "", true);
  std::vector<Range> ranges(table.columns.size());
  for (const std::size_t i : panel.columns) {
    const Column& column = table.columns[i];
    html += head_html(document, column.key, column.title, column.note, column.words);
    ranges[i] = range_of(table, i);
  }
  html += "</tr></thead>\n<tbody>\n";
  std::string group;
  for (const Row& row : table.rows) {
    if (row.group != group) {
      group = row.group;
      html += fmt::format("<tr class=\"group\"><th colspan=\"{}\" scope=\"rowgroup\">{}</th></tr>\n",
                          panel.columns.size() + 1, html_inline(document, group));
    }
    const Provenance origin = origin_of(row, panel);
    html += "<tr" + term_anchor(table, row) + origin_html(origin) + ">" + row_head(document, row);
    for (const std::size_t i : panel.columns) {
      html += cell_html(document, row.cells[i], table.columns[i], ranges[i], origin);
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string html_table(const Document& document, const Table& table) {
  const std::string number = reference_text(document, table.id);
  std::string html = fmt::format(
      "<figure class=\"table\" id=\"{0}\"><figcaption><a class=\"anchor\" href=\"#{0}\">{1}.</a> <strong>{2}.</strong> "
      "{3}{4}</figcaption>\n",
      escape_html(table.id), number, html_inline(document, table.title), html_inline(document, table.caption),
      plot_key(table));
  const auto parts = panels(table);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string title = number;
    if (parts.size() > 1) {
      title += fmt::format("({})", static_cast<char>('a' + i));
      html += fmt::format("<p class=\"panel\"><b>{}</b> {}</p>\n", title, html_inline(document, parts[i].title));
    }
    html += panel_html(document, table, parts[i], title);
  }
  const auto notes = table_notes(table);
  if (!notes.empty()) {
    html += "<ul class=\"key\">";
    for (const auto& note : notes) html += "<li>" + html_inline(document, note) + "</li>";
    html += "</ul>\n";
  }
  return html + "</figure>\n";
}

}  // namespace flnas::reports
