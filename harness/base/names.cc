#include "harness/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row.back();
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& valid) {
  const auto best = std::min_element(valid.begin(), valid.end(), [&](const std::string& a, const std::string& b) {
    return edit_distance(name, a) < edit_distance(name, b);
  });
  return best == valid.end() ? std::string() : *best;
}

std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid) {
  return fmt::format("unknown {} '{}'; did you mean '{}'? (valid: {})", kind, one_line(name, 100),
                     nearest_name(name, valid), fmt::join(valid, ", "));
}

std::size_t find_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid) {
  const auto found = std::find(valid.begin(), valid.end(), name);
  if (found == valid.end()) throw ConfigError(unknown_name(kind, name, valid));
  return static_cast<std::size_t>(found - valid.begin());
}

}  // namespace flnas
