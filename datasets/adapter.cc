#include "datasets/adapter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

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

int group_of(const Attribute& attribute, std::string_view text) {
  if (text.empty()) return -1;
  const std::string lower = lower_case(text);
  for (std::size_t i = 0; i < attribute.groups.size(); ++i) {
    const Group& group = attribute.groups[i];
    const auto same = [&](const std::string& value) { return lower_case(value) == lower; };
    if (same(group.name) || std::any_of(group.values.begin(), group.values.end(), same)) return static_cast<int>(i);
  }
  if (lower == "unknown" || lower == "nan" || lower == "na") return -1;
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = code == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  if (attribute.numeric && is_number) {
    for (std::size_t i = 0; i < attribute.groups.size(); ++i) {
      if (attribute.groups[i].holds(value)) return static_cast<int>(i);
    }
  }
  throw DataError(fmt::format("{} '{}' is not {}one of {}; leave it blank where it is unknown", attribute.name, text,
                              attribute.numeric ? "a number in, or the name of, " : "",
                              fmt::join(attribute.group_names(), ", ")));
}

const Task& Adapter::task(std::string_view task_name) const {
  std::vector<std::string> names;
  for (const Task& known : tasks) names.push_back(known.name);
  return tasks[find_name("task", task_name, names)];
}

}  // namespace flnas
