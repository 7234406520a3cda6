#include <fmt/format.h>

#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "resources/report_files.h"

namespace flnas::reports {
namespace {

struct BlockWriter {
  const Document& document;
  std::string& html;

  std::string text(std::string_view marked) const { return html_inline(document, marked); }

  void operator()(const Paragraph& paragraph) const { html += "<p>" + text(paragraph.text) + "</p>\n"; }
  void operator()(const List& list) const {
    html += "<ul>";
    for (const auto& item : list.items) html += "<li>" + text(item) + "</li>\n";
    html += "</ul>\n";
  }
  void operator()(const Callout& callout) const {
    const bool good = callout.tone == Callout::Tone::kGood;
    html += fmt::format("<div class=\"callout {}\" role=\"note\"><p class=\"head\">{}</p>", good ? "good" : "warning",
                        text(callout.title));
    if (!callout.lines.empty()) {
      html += "<ul>";
      for (const auto& line : callout.lines) html += "<li>" + text(line) + "</li>";
      html += "</ul>";
    }
    html += "</div>\n";
  }
  void operator()(const Facts& facts) const {
    html += "<dl class=\"facts\">";
    for (const auto& [name, value] : facts.items) {
      html += "<div><dt>" + text(name) + "</dt><dd>" + text(value) + "</dd></div>\n";
    }
    html += "</dl>\n";
  }
  void operator()(const Listing& listing) const {
    html += "<pre tabindex=\"0\"><code>";
    for (const auto& line : listing.lines) html += escape_html(without_controls(line)) + "\n";
    html += "</code></pre>\n";
  }
  void operator()(const Table& table) const {
    html += table.beside
                ? fmt::format(
                      "<p class=\"beside\" id=\"{0}\"><a class=\"anchor\" href=\"#{0}\">{1}.</a> <strong>{2}</strong> "
                      "stands beside this page: <a href=\"{0}.md\">{0}.md</a>, <a href=\"{0}.csv\">{0}.csv</a>.</p>\n",
                      escape_html(table.id), reference_text(document, table.id), text(table.title))
                : html_table(document, table);
  }
  void operator()(const Figure& figure) const {
    html += fmt::format("<figure class=\"drawing\" id=\"{}\">\n", escape_html(figure.id));
    if (figure.svg.empty()) {
      html += "<p class=\"missing\">not drawn</p>";
    } else {
      html += "<div class=\"scroll\" tabindex=\"0\" role=\"img\" aria-label=\"" + escape_html(figure.alternative) +
              "\">" + figure.svg + "</div>";
    }
    html += fmt::format(
        "<figcaption><a class=\"anchor\" href=\"#{0}\">{1}.</a> <strong>{2}.</strong> {3}</figcaption></figure>\n",
        escape_html(figure.id), reference_text(document, figure.id), text(figure.title), text(figure.caption));
  }
};

/// The box that a value opens, and what is known of each record: {"RUN/FILE": [[name, text], ...]}.
std::string provenance_html(const Document& document) {
  Json sources = Json::object();
  for (const Source& source : document.sources) {
    Json& facts = sources[source.run + "/" + source.file] = Json::array();
    for (const auto& [name, text] : source.facts) facts.push_back({name, without_controls(text)});
  }
  std::string data;
  for (const char c : sources.dump()) data += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return "<dialog id=\"origin\" aria-labelledby=\"origin-title\"><h2 id=\"origin-title\">Where this number "
         "comes from</h2><dl></dl><form method=\"dialog\"><button>Close</button></form></dialog>\n"
         "<script type=\"application/json\" id=\"sources\">" +
         data + "</script>\n";
}

std::string asset(std::string_view name) { return std::string(report_files::resource(name).value_or("")); }

}  // namespace

std::string escape_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string html_inline(const Document& document, std::string_view text) {
  std::string result;
  for (const Span& span : spans(text)) {
    const std::string inside = escape_html(span.text);
    switch (span.kind) {
      case Span::Kind::kPlain:
        result += inside;
        break;
      case Span::Kind::kCode:
        result += "<code>" + inside + "</code>";
        break;
      case Span::Kind::kStrong:
        result += "<strong>" + inside + "</strong>";
        break;
      case Span::Kind::kReference:
        result += fmt::format("<a href=\"#{}\">{}</a>", inside, escape_html(reference_text(document, span.text)));
        break;
    }
  }
  return result;
}

std::string to_html(const Document& document) {
  std::string html = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  html += "<title>" + escape_html(document.title) + "</title>\n";
  html += "<style>\n" + asset("reports/assets/report.css") + "</style>\n</head>\n<body>\n";
  html += "<a class=\"skip\" href=\"#main\">To the report</a>\n<header>\n";
  html += "<button type=\"button\" id=\"theme\" aria-label=\"Switch between light and dark\">◐</button>\n";
  html += "<h1>" + html_inline(document, document.title) + "</h1>\n";
  html += "<p class=\"subtitle\">" + html_inline(document, document.subtitle) + "</p>\n</header>\n";
  html += "<nav aria-label=\"Contents\"><ol>\n";
  for (const Section& section : document.sections) {
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.id, html_inline(document, section.title));
  }
  html += "</ol></nav>\n<main id=\"main\">\n";
  for (const Section& section : document.sections) {
    html += fmt::format(
        "<section id=\"{0}\">\n<h2>{1} <a class=\"hash\" href=\"#{0}\" aria-label=\"Link to this "
        "section\">#</a></h2>\n",
        section.id, html_inline(document, section.title));
    for (const Block& block : section.blocks) std::visit(BlockWriter{document, html}, block);
    html += "</section>\n";
  }
  html += "</main>\n" + provenance_html(document) + "<script>\n" + asset("reports/assets/report.js") +
          "</script>\n</body>\n</html>\n";
  return html;
}

}  // namespace flnas::reports
