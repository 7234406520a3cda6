#include "reports/render/html_terms.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/render/render.h"

namespace flnas::reports {
namespace {

bool explains(const Table& table) { return table.id == "glossary" || table.id == "metric_definitions"; }

std::string anchor_of(const Table& table, std::string key) {
  std::ranges::replace(key, ' ', '-');
  return table.id + "-" + key;
}

}  // namespace

std::string term_anchor(const Table& table, const Row& row) {
  return explains(table) ? fmt::format(R"( id="{}")", escape_html(anchor_of(table, row.key))) : std::string();
}

std::string term_address(const Document& document, const std::string& key) {
  for (const Table* table : tables(document)) {
    if (table->beside || !explains(*table)) continue;
    for (const Row& row : table->rows) {
      if (row.key == key) return "#" + anchor_of(*table, key);
    }
  }
  return {};
}

}  // namespace flnas::reports
