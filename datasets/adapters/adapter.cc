#include "datasets/adapters/adapter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

}  // namespace

bool Group::holds(double value) const {
  return (low_included ? value >= low : value > low) && (high_included ? value <= high : value < high);
}

std::vector<std::string> Attribute::group_names() const {
  std::vector<std::string> names;
  for (const Group& group : groups) names.push_back(group.name);
  return names;
}

namespace {

bool is_unknown(const Attribute& attribute, const std::string& lower) {
  const auto same = [&](const std::string& text) { return lower_case(text) == lower; };
  return lower == "unknown" || lower == "nan" || lower == "na" ||
         std::any_of(attribute.unknown.begin(), attribute.unknown.end(), same);
}

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

int group_of(const Attribute& attribute, std::string_view text) {
  if (text.empty()) return -1;
  const std::string lower = lower_case(text);
  for (std::size_t i = 0; i < attribute.groups.size(); ++i) {
    const Group& group = attribute.groups[i];
    const auto same = [&](const std::string& value) { return lower_case(value) == lower; };
    if (same(group.name) || std::any_of(group.values.begin(), group.values.end(), same)) return static_cast<int>(i);
  }
  if (is_unknown(attribute, lower)) return -1;
  if (const auto value = finite_number(text); value && attribute.numeric) {
    if (is_unknown(attribute, fmt::format("{}", *value))) return -1;  // "-1.0" where "-1" means unknown
    if (!attribute.range.holds(*value)) {
      throw DataError(
          fmt::format("{} '{}' is outside {} to {}; leave it blank where it is unknown, or name it as "
                      "'unknown' in the adapter",
                      attribute.name, text, attribute.range.low, attribute.range.high));
    }
    for (std::size_t i = 0; i < attribute.groups.size(); ++i) {
      if (attribute.groups[i].holds(*value)) return static_cast<int>(i);
    }
  }
  throw DataError(
      fmt::format("{} '{}' is not {}one of {}; leave it blank where it is unknown, or add it to a group or "
                  "to 'unknown' in the adapter",
                  attribute.name, text, attribute.numeric ? "a number in, or the name of, " : "",
                  fmt::join(attribute.group_names(), ", ")));
}

std::vector<std::int64_t> Adapter::columns() const {
  std::vector<std::int64_t> counts;
  for (const Feature& feature : features) counts.push_back(static_cast<std::int64_t>(feature.categories.size()));
  return counts;
}

const Task& Adapter::task(std::string_view task_name) const {
  if (task_name.empty()) return tasks.front();
  std::vector<std::string> names;
  for (const Task& known : tasks) names.push_back(known.name);
  return tasks[find_name("task", task_name, names)];
}

}  // namespace flnas
