#include <algorithm>

#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr const char* kAnswersSection = "questions";

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
