#include <algorithm>

#include "reports/document/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr const char* kAnswersSection = "questions";
constexpr const char* kFirstSection = "summary";

/// The items of a section's lists, a line each, as plain text.
std::string list_text(const Document& document, const Section& section) {
  std::string text;
  for (const Block& block : section.blocks) {
    const auto* list = std::get_if<List>(&block);
    if (list == nullptr) continue;
    for (const std::string& item : list->items) {
      for (const Span& span : spans(item)) {
        text += span.kind == Span::Kind::kReference ? reference_text(document, span.text) : span.text;
      }
      text += "\n";
    }
  }
  return text;
}

bool holds(const Document& document, const std::string& table) {
  const auto all = tables(document);
  return std::any_of(all.begin(), all.end(), [&](const Table* each) { return each->id == table; });
}

}  // namespace

std::map<std::string, std::string> rendered_files(const Document& document) {
  std::map<std::string, std::string> files;
  const Document printed = printed_document(document);
  files["report.html"] = to_html(document);
  files["report.md"] = to_markdown(document);
  files["report.tex"] = to_latex(printed);
  for (const Section& section : document.sections) {
    if (const std::string text = section.id == kFirstSection ? list_text(document, section) : std::string();
        !text.empty()) {
      files["summary.txt"] = text;
    }
    if (section.id == kAnswersSection) files["answers.md"] = to_markdown(document, section);
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) {
        files[table->id + ".csv"] = to_csv(*table);
        files[table->id + ".json"] = to_json(*table).dump(2) + "\n";
        // As it is printed, where it is: references name what stands elsewhere.
        files[table->id + ".tex"] = to_latex(holds(printed, table->id) ? printed : document, *table);
        files[table->id + ".md"] = to_markdown(document, *table);
      } else if (const auto* figure = std::get_if<Figure>(&block)) {
        files["figures/" + figure->id + ".gp"] = figure->script;
        if (!figure->svg.empty()) files["figures/" + figure->id + ".svg"] = figure->svg;
      }
    }
  }
  return files;
}

}  // namespace flnas::reports
