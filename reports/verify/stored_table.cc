#include "reports/verify/stored_table.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "harness/base/csv.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

/// The field of a cell that a column of the CSV holds: "eodd_low" is low of eodd.
const Json* csv_field_of(const Json& cell, const std::string& suffix) {
  static const Json kNone;
  const auto field = [&](const Json& object, const char* name) {
    return object.contains(name) ? &object[name] : &kNone;
  };
  if (suffix.empty()) return &cell.at("value");
  for (const char* name : {"low", "high", "n", "paper", "difference", "within", "mark"}) {
    if (suffix == std::string("_") + name) return field(cell, name);
  }
  const Json& seeds = *field(cell, "seeds");
  if (suffix == "_seeds") return seeds.is_null() ? &kNone : field(seeds, "n");
  if (suffix == "_seed_mean") return seeds.is_null() ? &kNone : field(seeds, "mean");
  if (suffix == "_seed_sd") return seeds.is_null() ? &kNone : field(seeds, "sd");
  return nullptr;
}

bool says(const std::string& text, const Json& field) {
  if (field.is_string()) return text == field.get<std::string>();
  if (field.is_boolean()) return text == (field.get<bool>() ? "true" : "false");
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (field.is_null()) return text.empty() || std::isnan(number) || std::isinf(number);
  const double stored = field.get<double>();
  return !text.empty() && *end == '\0' && (number == stored || text == csv_number(stored));
}

}  // namespace

StoredTable stored_table(const Json& json) {
  StoredTable table{json.at("id"), json.at("title"), {}, json.at("rows"), json.value("beside", false)};
  for (const Json& column : json.at("columns")) {
    StoredColumn read{column.at("key"), column.at("panel"), {}};
    read.format.digits = column.at("printed_digits");
    read.format.scale = column.at("printed_scale");
    if (table.panels.empty() || table.panels.back().front().panel != read.panel) table.panels.emplace_back();
    table.panels.back().push_back(read);
  }
  return table;
}

void compare_csv(StoredReport& report, const StoredTable& table) {
  const std::string name = table.id + ".csv";
  const Csv csv = Csv::parse(report.text(name), name);
  if (csv.rows() != table.rows.size()) {
    return report.fail(name, "", "table",
                       fmt::format("{} rows, {}.json has {}", csv.rows(), table.id, table.rows.size()));
  }
  // the longest key that a column's name begins with is its column's
  std::vector<std::pair<std::string, std::string>> meant(csv.header().size());
  std::set<std::string> present;
  for (std::size_t i = 3; i < csv.header().size(); ++i) {
    const std::string& title = csv.header()[i];
    for (const auto& panel : table.panels) {
      for (const auto& column : panel) {
        if (title.starts_with(column.key) && column.key.size() > meant[i].first.size()) {
          meant[i] = {column.key, title.substr(column.key.size())};
        }
      }
    }
    if (meant[i].second.empty()) present.insert(meant[i].first);
  }
  for (const auto& panel : table.panels) {
    for (const auto& column : panel) {
      if (!present.contains(column.key)) report.fail(name, column.key, "table", "this column is missing");
    }
  }
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string key = table.rows[row].at("key");
    if (csv.at(row, 0) != key) report.fail(name, key, "table", fmt::format("its row is called '{}'", csv.at(row, 0)));
    for (std::size_t i = 3; i < csv.header().size(); ++i) {
      const Json& cells = table.rows[row].at("cells");
      const Json* field =
          cells.contains(meant[i].first) ? csv_field_of(cells.at(meant[i].first), meant[i].second) : nullptr;
      const std::string where = key + ", " + csv.header()[i];
      if (field == nullptr) {
        report.fail(name, where, "table", fmt::format("no column of {}.json", table.id));
      } else if (!says(csv.at(row, i), *field)) {
        report.fail(name, where, "table",
                    fmt::format("'{}' is stored, {}.json has {}", csv.at(row, i), table.id, field->dump()));
      }
    }
  }
}

}  // namespace flnas::reports
