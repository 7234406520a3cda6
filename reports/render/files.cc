#include "reports/render/render.h"

namespace flnas::reports {

std::map<std::string, std::string> rendered_files(const Document& document) {
  std::map<std::string, std::string> files;
  files["report.html"] = to_html(document);
  files["report.md"] = to_markdown(document);
  files["report.tex"] = to_latex(document);
  for (const Section& section : document.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) {
        files[table->id + ".csv"] = to_csv(*table);
        files[table->id + ".json"] = to_json(*table).dump(2) + "\n";
        files[table->id + ".tex"] = to_latex(document, *table);
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
