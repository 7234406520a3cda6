#include "harness/metrics/intervals/lesions.h"

#include <cmath>
#include <map>

namespace flnas::metrics {

LesionCells::LesionCells(const Outcomes& outcomes) : starts_(static_cast<std::size_t>(lesion_count(outcomes)) + 1) {
  const std::size_t rows = outcomes.labels.size();
  std::map<Cell, std::uint32_t> index;
  std::vector<std::uint32_t> of_row(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    Cell cell{{}, outcomes.labels[row], outcomes.predictions[row]};
    for (const auto& column : outcomes.groups) cell.group.push_back(column[row]);
    of_row[row] = index.emplace(cell, static_cast<std::uint32_t>(index.size())).first->second;
    ++starts_[static_cast<std::size_t>(outcomes.lesions[row]) + 1];
  }
  for (std::size_t lesion = 1; lesion < starts_.size(); ++lesion) starts_[lesion] += starts_[lesion - 1];
  of_lesion_.resize(rows);
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t row = 0; row < rows; ++row) {
    of_lesion_[next[static_cast<std::size_t>(outcomes.lesions[row])]++] = of_row[row];
  }
  cells_.resize(index.size());
  for (const auto& [cell, at] : index) cells_[at] = cell;
}

void LesionCells::fill(const std::vector<std::int64_t>& times, Tally& tally) const {
  tally.clear();
  for (std::size_t cell = 0; cell < times.size(); ++cell) {
    if (times[cell] != 0) tally.add(cells_[cell].group, cells_[cell].label, cells_[cell].prediction, times[cell]);
  }
}

std::int64_t lesion_weight(Random& random) {
  return 1 + static_cast<std::int64_t>(-std::log(1.0 - random.uniform()) * static_cast<double>(kUnitWeight));
}

}  // namespace flnas::metrics
