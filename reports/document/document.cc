#include "reports/document/document.h"

#include <fmt/format.h>

#include <array>

namespace flnas::reports {

std::vector<const Table*> tables(const Document& document) {
  std::vector<const Table*> found;
  for (const Section& section : document.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) found.push_back(table);
    }
  }
  return found;
}

std::vector<Figure*> figures(Document& document) {
  std::vector<Figure*> found;
  for (Section& section : document.sections) {
    for (Block& block : section.blocks) {
      if (auto* figure = std::get_if<Figure>(&block)) found.push_back(figure);
    }
  }
  return found;
}

std::string reference_text(const Document& document, const std::string& id) {
  int table_number = 0;
  int figure_number = 0;
  for (const Section& section : document.sections) {
    if (section.id == id) return section.title;
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) {
        ++table_number;
        if (table->id == id) return fmt::format("Table {}", roman(table_number));
      } else if (const auto* figure = std::get_if<Figure>(&block)) {
        ++figure_number;
        if (figure->id == id) return fmt::format("Figure {}", figure_number);
      }
    }
  }
  for (const auto& [other, text] : document.elsewhere) {
    if (other == id) return text;
  }
  return {};
}

Document printed_document(const Document& document) {
  if (document.printed.empty()) return document;
  Document paper{.title = document.title, .subtitle = document.subtitle, .sections = document.printed};
  const auto add = [&](const std::string& id) {
    paper.elsewhere.emplace_back(id, reference_text(document, id) + " of report.html");
  };
  for (const Section& section : document.sections) {
    add(section.id);
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) add(table->id);
      if (const auto* figure = std::get_if<Figure>(&block)) add(figure->id);
    }
  }
  return paper;
}

std::string slug(const std::string& prefix, const std::string& folder) {
  std::string id = folder.empty() ? prefix : prefix + "_" + folder;
  for (char& letter : id) {
    const bool plain =
        (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    if (!plain) letter = '_';
  }
  return id;
}

std::string roman(int number) {
  constexpr std::array kUnits{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
  std::string text(static_cast<std::size_t>(number / 10), 'X');
  return text + kUnits[static_cast<std::size_t>(number % 10)];
}

}  // namespace flnas::reports
