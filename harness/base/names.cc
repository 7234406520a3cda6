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
  constexpr std::size_t kLongest = 200;  // the time is the product of the lengths
  const std::string* best = nullptr;
  std::size_t fewest = 0;
  for (const std::string& candidate : valid) {
    // A name whose length alone is further away than the best one cannot be nearer.
    const std::size_t apart = std::max(name.size(), candidate.size()) - std::min(name.size(), candidate.size());
    if (best != nullptr && apart >= fewest) continue;
    const std::size_t edits = edit_distance(name.substr(0, kLongest), std::string_view(candidate).substr(0, kLongest));
    if (best != nullptr && edits >= fewest) continue;
    best = &candidate;
    fewest = edits;
  }
  return best == nullptr ? std::string() : *best;
}

std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid) {
  constexpr std::size_t kMostShown = 100;
  const auto shown = std::min(valid.size(), kMostShown);
  const std::string more = shown < valid.size() ? fmt::format(" and {} more", valid.size() - shown) : std::string();
  return fmt::format("unknown {} '{}'; did you mean '{}'? (valid: {}{})", kind, one_line(name, 100),
                     nearest_name(name, valid),
                     fmt::join(valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(shown), ", "), more);
}

std::size_t find_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid) {
  const auto found = std::find(valid.begin(), valid.end(), name);
  if (found == valid.end()) throw ConfigError(unknown_name(kind, name, valid));
  return static_cast<std::size_t>(found - valid.begin());
}

}  // namespace flnas
