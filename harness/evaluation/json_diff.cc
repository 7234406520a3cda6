#include "harness/evaluation/json_diff.h"

#include <algorithm>
#include <cmath>

namespace flnas {
namespace {

constexpr double kTolerance = 1e-9;

bool same_leaf(const Json& first, const Json& second) {
  if (!first.is_number() || !second.is_number()) return first == second;
  if (first.is_number_integer() && second.is_number_integer()) return first == second;
  const double a = first.get<double>(), b = second.get<double>();
  return std::abs(a - b) <= kTolerance * std::max({1e-3, std::abs(a), std::abs(b)});
}

std::string shorten(const Json& value) {
  const std::string text = value.dump();
  return text.size() <= 80 ? text : text.substr(0, 77) + "...";
}

void compare(const Json& first, const Json& second, const std::string& where, std::vector<JsonDifference>& found) {
  if (first.is_object() && second.is_object()) {
    for (const auto& [key, value] : first.items()) {
      if (second.contains(key)) {
        compare(value, second[key], where + "." + key, found);
      } else {
        found.push_back({where + "." + key, shorten(value), "nothing"});
      }
    }
    for (const auto& [key, value] : second.items()) {
      if (!first.contains(key)) found.push_back({where + "." + key, "nothing", shorten(value)});
    }
  } else if (first.is_array() && second.is_array() && first.size() == second.size()) {
    for (std::size_t i = 0; i < first.size(); ++i) {
      compare(first[i], second[i], where + "[" + std::to_string(i) + "]", found);
    }
  } else if (!same_leaf(first, second)) {
    found.push_back({where, shorten(first), shorten(second)});
  }
}

}  // namespace

std::vector<JsonDifference> json_diff(const Json& first, const Json& second, const std::string& where) {
  std::vector<JsonDifference> found;
  compare(first, second, where, found);
  for (auto& difference : found) {
    if (where.empty() && difference.where.starts_with('.')) difference.where.erase(0, 1);
  }
  return found;
}

}  // namespace flnas
