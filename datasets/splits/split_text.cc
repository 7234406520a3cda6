#include "datasets/splits/split_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "datasets/adapters/adapter_files.h"

namespace flnas {
namespace {

/// A subset's row: images, units and images of each group.
TextRow subset_row(const Table& table, const std::string& name, const std::vector<std::string>& images) {
  const auto rows = table.find(images);
  std::set<std::string> units;
  for (const auto row : rows) units.insert(table.rows[row].unit());
  TextRow cells = {name, fmt::to_string(rows.size())};
  if (unit_word(table.adapter) != table.adapter.example) cells.push_back(fmt::to_string(units.size()));
  for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
    for (std::size_t g = 0; g < table.adapter.attributes[a].groups.size(); ++g) {
      cells.push_back(fmt::to_string(std::count_if(
          rows.begin(), rows.end(), [&](auto row) { return table.rows[row].groups[a] == static_cast<int>(g); })));
    }
  }
  return cells;
}

}  // namespace

std::string split_text(const Table& table, const Split& split, const TableForm& form) {
  std::vector<TextRow> rows = {{"", table.adapter.example + "s"}};
  if (const std::string unit = unit_word(table.adapter); unit != table.adapter.example) rows[0].push_back(unit + "s");
  for (const auto& attribute : table.adapter.attributes) {
    for (const auto& group : attribute.groups) rows[0].push_back(group.name);
  }
  if (split.folds.empty()) {
    for (const char* name : {"train", "validation", "test"}) {
      rows.push_back(subset_row(table, name, split.subset(name)));
    }
  }
  for (std::size_t fold = 0; fold < split.folds.size(); ++fold) {
    const std::string number = fmt::format("fold {} ", fold + 1);
    rows.push_back(subset_row(table, number + "train", split.folds[fold].train));
    rows.push_back(subset_row(table, number + "validation", split.folds[fold].validation));
    rows.push_back(subset_row(table, number + "test", split.folds[fold].test));
  }
  if (rows[0].size() > rows.size()) rows = transposed(rows);  // a group a line
  return show_table(rows, "l" + std::string(rows[0].size(), 'r'), form);
}

}  // namespace flnas
