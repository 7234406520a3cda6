#include "harness/metrics/rates/outcomes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/base/error.h"

namespace flnas::metrics {
namespace {

void check_column(const char* name, const std::vector<int>& column, std::size_t rows, int lowest, int size) {
  if (column.size() != rows) throw DataError(fmt::format("{}: {} values for {} rows", name, column.size(), rows));
  for (std::size_t row = 0; row < rows; ++row) {
    if (column[row] < lowest || column[row] >= size) {
      throw DataError(
          fmt::format("{}: row {} holds index {}, valid are {} to {}", name, row, column[row], lowest, size - 1));
    }
  }
}

void check_attributes(const Outcomes& outcomes) {
  std::set<std::string> seen;
  for (const auto& attribute : outcomes.attributes) {
    const int groups = static_cast<int>(attribute.groups.size());
    for (const auto& group : attribute.groups) {
      if (!seen.insert(group).second)
        throw DataError(fmt::format("group '{}' appears twice; rename one of them", group));
    }
    for (const auto& [first, second] : attribute.pairs) {
      if (std::min(first, second) < 0 || std::max(first, second) >= groups || first == second) {
        throw DataError(fmt::format("attribute '{}': no pair of groups {} and {}", attribute.name, first, second));
      }
    }
  }
}

}  // namespace

void check(const Outcomes& outcomes) {
  const std::size_t rows = outcomes.labels.size();
  const int classes = static_cast<int>(outcomes.classes.size());
  if (rows == 0) throw DataError("no rows to compute metrics from");
  if (classes < 2) throw DataError(fmt::format("metrics need at least two classes, not {}", classes));
  if (classes == 2 && (outcomes.positive < 0 || outcomes.positive > 1)) {
    throw DataError("a two-class task needs a positive class");
  }
  check_column("labels", outcomes.labels, rows, 0, classes);
  check_column("predictions", outcomes.predictions, rows, 0, classes);
  check_column("lesions", outcomes.lesions, rows, 0, static_cast<int>(rows));
  check_attributes(outcomes);
  if (outcomes.groups.size() != outcomes.attributes.size())
    throw DataError("groups: one column per attribute is needed");
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const auto& attribute = outcomes.attributes[a];
    check_column(attribute.name.c_str(), outcomes.groups[a], rows, -1, static_cast<int>(attribute.groups.size()));
  }
}

int lesion_count(const Outcomes& outcomes) {
  return outcomes.lesions.empty() ? 0 : 1 + *std::max_element(outcomes.lesions.begin(), outcomes.lesions.end());
}

}  // namespace flnas::metrics
