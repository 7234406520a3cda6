#include "datasets/tables/features.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Where the adapter's columns are in the file.
struct Columns {
  Columns(const Adapter& adapter, const Csv& csv) : label(csv.column(adapter.labels_column)) {
    if (!adapter.labels_image.empty()) id = csv.column(adapter.labels_image);
    if (!adapter.metadata_lesion.empty()) unit = csv.column(adapter.metadata_lesion);
    for (const auto& filter : adapter.filters) filters.push_back(csv.column(filter.column));
    for (const auto& attribute : adapter.attributes) attributes.push_back(csv.column(attribute.column));
    for (const auto& feature : adapter.features) features.push_back(csv.column(feature.name));
  }

  std::size_t label;
  std::optional<std::size_t> id, unit;
  std::vector<std::size_t> filters, attributes, features;
};

/// A row's id: the cell, or its number, so that text order is the file's order.
std::string id_of(const Csv& csv, const Columns& columns, std::size_t row) {
  return columns.id ? csv.at(row, *columns.id) : fmt::format("{:06}", row + 1);
}

bool passes(const Filter& filter, const Csv& csv, std::size_t row, std::size_t column) {
  const std::string& text = csv.at(row, column);
  const auto& values = filter.kept.values;
  if (!values.empty()) return std::find(values.begin(), values.end(), text) != values.end();
  return !text.empty() && filter.kept.holds(csv.number(row, column));
}

int class_of(const Adapter& adapter, const Csv& csv, std::size_t row, std::size_t column) {
  const std::string& name = csv.at(row, column);
  const auto found = std::find(adapter.classes.begin(), adapter.classes.end(), name);
  if (found != adapter.classes.end()) return static_cast<int>(found - adapter.classes.begin());
  if (std::find(adapter.ignored.begin(), adapter.ignored.end(), name) != adapter.ignored.end()) return -1;
  throw DataError(row_place(csv, row) + ": " + unknown_name("class", name, adapter.classes));
}

float number_of(const Feature& feature, const Csv& csv, std::size_t row, std::size_t column) {
  if (!csv.at(row, column).empty()) return static_cast<float>(csv.number(row, column));
  if (feature.missing) return static_cast<float>(*feature.missing);
  throw DataError(fmt::format("{}: '{}' is blank; fill it in, or give the feature a 'missing' value in the adapter",
                              row_place(csv, row), feature.name));
}

/// The features of a row; counts categories that are not listed.
std::vector<float> features_of(const Adapter& adapter, const Csv& csv, std::size_t row, const Columns& columns,
                               std::map<std::string, std::size_t>& unlisted) {
  std::vector<float> values;
  for (std::size_t i = 0; i < adapter.features.size(); ++i) {
    const Feature& feature = adapter.features[i];
    if (feature.categories.empty()) {
      values.push_back(number_of(feature, csv, row, columns.features[i]));
      continue;
    }
    const auto& listed = feature.categories;
    const auto found = std::find(listed.begin(), listed.end(), csv.at(row, columns.features[i]));
    if (found == listed.end()) ++unlisted[feature.name];
    values.push_back(found == listed.end() ? 0.0F : static_cast<float>(found - listed.begin() + 1));
  }
  return values;
}

std::vector<int> groups_of(const Adapter& adapter, const Csv& csv, std::size_t at,
                           const std::vector<std::string>& values) {
  std::vector<int> groups;
  for (std::size_t i = 0; i < values.size(); ++i) {
    try {
      groups.push_back(group_of(adapter.attributes[i], values[i]));
    } catch (Error& error) {
      error.add_context(row_place(csv, at));
      throw;
    }
  }
  return groups;
}

Csv read_table_csv(const fs::path& file, std::string& hash) {
  const std::string text = read_file(file);
  hash = sha256(text);
  return Csv::parse_repeating(text, file.string());
}

}  // namespace

fs::path table_file(const Adapter& adapter, const fs::path& folder) {
  std::vector<std::string> names = adapter.other_files;
  names.insert(names.begin(), adapter.labels_file);
  for (const auto& name : names) {
    if (fs::is_regular_file(folder / name)) return folder / name;
  }
  throw DataError(fmt::format("{}: holds no {}; give the folder that does, or another --adapter", folder.string(),
                              fmt::join(names, " or ")));
}

void read_features(Table& table, RowErrors& errors) {
  const Adapter& adapter = table.adapter;
  std::string hash;
  const Csv csv = read_table_csv(table_file(adapter, table.folder), hash);
  const Columns columns(adapter, csv);
  table.columns = csv.header();
  table.fingerprint = sha256(hash + "\n\n");
  std::unordered_map<std::string, std::size_t> lines;
  for (std::size_t at = 0; at < csv.rows(); ++at) {
    errors.readable([&] {
      for (std::size_t i = 0; i < adapter.filters.size(); ++i) {
        if (passes(adapter.filters[i], csv, at, columns.filters[i])) continue;
        ++table.filtered;
        return;
      }
      Row row{.image = id_of(csv, columns, at), .file = {}, .lesion = {}, .values = {}, .groups = {}, .features = {}};
      if (row.image.empty()) throw DataError(fmt::format("{}: no id; fill it in", row_place(csv, at)));
      if (const auto [known, added] = lines.emplace(row.image, csv.line(at)); !added) {
        throw DataError(
            fmt::format("{}: id '{}' is already on line {}; remove one of the two, or leave the id out of "
                        "the adapter",
                        row_place(csv, at), row.image, known->second));
      }
      row.label = class_of(adapter, csv, at, columns.label);
      if (columns.unit) row.lesion = csv.at(at, *columns.unit);
      for (const std::size_t column : columns.attributes) row.values.push_back(csv.at(at, column));
      row.groups = groups_of(adapter, csv, at, row.values);
      if (row.label >= 0) row.features = features_of(adapter, csv, at, columns, table.unlisted);
      if (row.label < 0)
        table.ignored.push_back(row.image);
      else
        table.rows.push_back(std::move(row));
    });
  }
  if (!table.rows.empty()) return;
  throw DataError(table.bad_rows.empty()
                      ? fmt::format("{}: no row that passes the filters; correct the adapter", csv.where())
                      : "no row can be used; the first problem is " + table.bad_rows.front());
}

double probability_of(const ReferenceScore& score, double value) {
  const double low = score.range.low, high = score.range.high;
  if (value < score.from) return 0.5 * (value - low) / (score.from - low);
  return 1 - 0.5 * (high - value) / (high - score.from + 1);
}

std::vector<ScoredRow> read_score(const Table& table, const ReferenceScore& score,
                                  const std::vector<std::string>& ids) {
  std::string hash;
  const Csv csv = read_table_csv(table_file(table.adapter, table.folder), hash);
  const Columns columns(table.adapter, csv);
  const std::size_t column = csv.column(score.column);
  std::unordered_map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < csv.rows(); ++row) rows.emplace(id_of(csv, columns, row), row);
  std::vector<ScoredRow> scored;
  for (const auto& id : ids) {
    const std::size_t row = rows.at(id);
    const double value = csv.number(row, column);
    if (!score.range.holds(value)) {
      throw DataError(fmt::format("{}: score '{}' is {}, outside {} to {}; filter such rows out in the adapter",
                                  row_place(csv, row), score.name, value, score.range.low, score.range.high));
    }
    scored.push_back({value, probability_of(score, value)});
  }
  return scored;
}

}  // namespace flnas
