#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"

namespace flnas {

/// Where two JSON values differ, with the text of both.
struct JsonDifference {
  std::string where;  // "metrics.eodd.value"
  std::string first;
  std::string second;
};

/// Every leaf that differs. Numbers are equal within 1e-9 relative: another compiler may round the last digit.
std::vector<JsonDifference> json_diff(const Json& first, const Json& second, const std::string& where);

}  // namespace flnas
