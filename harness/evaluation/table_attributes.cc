#include "harness/evaluation/table_attributes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/evaluation/table_classes.h"

namespace flnas {
namespace {

constexpr std::size_t kMostGroups = 20;
constexpr double kOldest = 120;

bool is_unknown(const std::string& cell) {
  const std::string lower = lower_case(cell);
  return lower.empty() || lower == "unknown" || lower == "na" || lower == "n/a" || lower == "nan" || lower == "null";
}

bool holds_ages(const std::string& column) {
  const std::string lower = lower_case(column);
  return lower == "age" || lower.starts_with("age_") || lower.ends_with("_age");
}

/// The cells of a column, blank where unknown; impossible ages are counted and named.
std::vector<std::string> read_cells(const Csv& csv, const std::string& name, std::vector<std::string>& notes) {
  const std::size_t column = csv.column(name);
  std::vector<std::string> cells;
  std::size_t blank = 0, impossible = 0;
  std::set<std::string> examples;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    std::string cell = trimmed(csv.at(row, column));
    const std::string number = plain_number(cell);
    if (is_unknown(cell)) {
      cell.clear();
      ++blank;
    } else if (!number.empty()) {
      const double value = std::stod(number);
      if (holds_ages(name) && (value < 0 || value > kOldest)) {
        examples.insert(number);
        ++impossible;
        cell.clear();
      }
    }
    cells.push_back(std::move(cell));
  }
  if (blank > 0) {
    notes.push_back(fmt::format("'{}' is unknown in {}", name, counted(static_cast<long long>(blank), "row")));
  }
  if (impossible > 0) {
    std::vector<std::string> shown(examples.begin(), examples.end());
    shown.resize(std::min<std::size_t>(shown.size(), 3));
    notes.push_back(fmt::format("'{}' is outside 0 to {} in {} ({}): counted as unknown", name, kOldest,
                                counted(static_cast<long long>(impossible), "row"), fmt::join(shown, ", ")));
  }
  return cells;
}

/// Column and parts of "age:30:66"; a column's whole name may hold colons.
std::vector<std::string> parts_of(const Csv& csv, const std::string& specification) {
  if (csv.find(specification)) return {specification};
  return split(specification, ':');
}

void cut(const Csv& csv, const std::vector<std::string>& parts, TableAttribute& found) {
  std::vector<double> cuts;
  for (std::size_t i = 1; i < parts.size(); ++i) cuts.push_back(std::stod(parts[i]));
  if (!std::is_sorted(cuts.begin(), cuts.end(), std::less_equal<>())) {
    throw ConfigError(fmt::format("--attributes {}: the cuts have to rise", fmt::join(parts, ":")));
  }
  std::vector<std::string> names{fmt::format("<{}", cuts[0])};
  for (std::size_t i = 1; i < cuts.size(); ++i) names.push_back(fmt::format("{} to <{}", cuts[i - 1], cuts[i]));
  names.push_back(fmt::format(">={}", cuts.back()));
  for (std::size_t row = 0; row < found.groups.size(); ++row) {
    std::string& cell = found.groups[row];
    if (cell.empty()) continue;
    if (plain_number(cell).empty()) {
      throw DataError(
          fmt::format("{}:{}: '{}' in column '{}' is not a number to cut; leave it blank where it is unknown",
                      csv.where(), csv.line(row), one_line(cell, 40), parts[0]));
    }
    const auto above = std::upper_bound(cuts.begin(), cuts.end(), std::stod(plain_number(cell)));
    cell = names[static_cast<std::size_t>(above - cuts.begin())];
  }
  for (const auto& name : names) found.attribute.groups.push_back({.name = name});
}

/// Groups that differ in case alone are one, under the spelling that comes first in the file.
std::map<std::string, std::string> spellings(TableAttribute& found) {
  const bool numbers = std::all_of(found.groups.begin(), found.groups.end(),
                                   [](const std::string& cell) { return cell.empty() || !plain_number(cell).empty(); });
  std::map<std::string, std::string> names;
  for (std::string& cell : found.groups) {
    if (cell.empty()) continue;
    if (numbers) cell = plain_number(cell);
    cell = names.emplace(lower_case(cell), cell).first->second;
  }
  return names;
}

void take_values(const Csv& csv, const std::string& name, TableAttribute& found) {
  std::vector<std::string> values;
  for (const auto& [lower, value] : spellings(found)) values.push_back(value);
  const bool numbers =
      std::all_of(values.begin(), values.end(), [](const auto& value) { return !plain_number(value).empty(); });
  if (values.size() > kMostGroups) {
    throw ConfigError(fmt::format(
        "{}: '{}' has {} different values; {}", csv.where(), name, values.size(),
        numbers ? fmt::format("cut it into groups, such as --attributes {}:30:66", name)
                : fmt::format("name the groups that count, such as --attributes '{}:{}:{}'; others are 'other'", name,
                              one_line(values[0], 20), one_line(values[1], 20))));
  }
  const auto by_number = [](const std::string& a, const std::string& b) { return std::stod(a) < std::stod(b); };
  if (numbers) std::sort(values.begin(), values.end(), by_number);
  for (const auto& value : values) found.attribute.groups.push_back({.name = value});
}

void take_named(const Csv& csv, const std::vector<std::string>& parts, TableAttribute& found) {
  const auto names = spellings(found);
  std::vector<std::string> values, kept;
  for (const auto& [lower, value] : names) values.push_back(value);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string lower = lower_case(trimmed(parts[i]));
    if (names.count(lower) == 0) {
      throw ConfigError(
          fmt::format("{}: {}", csv.where(), unknown_name("group of '" + parts[0] + "',", parts[i], values)));
    }
    kept.push_back(names.at(lower));
  }
  bool others = false;
  for (std::string& cell : found.groups) {
    if (cell.empty() || std::find(kept.begin(), kept.end(), cell) != kept.end()) continue;
    cell = "other";
    others = true;
  }
  if (others && std::find(kept.begin(), kept.end(), "other") == kept.end()) kept.emplace_back("other");
  for (const auto& value : kept) found.attribute.groups.push_back({.name = value});
}

}  // namespace

TableAttribute read_attribute(const Csv& csv, const std::string& specification, std::vector<std::string>& notes) {
  const auto parts = parts_of(csv, specification);
  TableAttribute found;
  found.attribute.name = found.attribute.column = parts[0];
  found.groups = read_cells(csv, parts[0], notes);
  const bool cuts =
      std::all_of(parts.begin() + 1, parts.end(), [](const auto& part) { return !plain_number(part).empty(); });
  if (parts.size() == 1) {
    take_values(csv, parts[0], found);
  } else if (cuts) {
    cut(csv, parts, found);
  } else {
    take_named(csv, parts, found);
  }
  if (found.attribute.groups.size() < 2) {
    notes.push_back(fmt::format("'{}' has {}: nothing to compare", parts[0],
                                counted(static_cast<long long>(found.attribute.groups.size()), "group")));
  }
  return found;
}

}  // namespace flnas
