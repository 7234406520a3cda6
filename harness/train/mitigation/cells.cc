#include "harness/train/mitigation/cells.h"

#include <algorithm>
#include <numeric>

#include "harness/base/random.h"

namespace flnas {
namespace {

/// Keeps the draws apart from those of other purposes (trainer.cc).
constexpr std::uint64_t kStream = 500000;

}  // namespace

Cells cut_into_cells(const std::vector<std::string>& group, const std::vector<std::int64_t>& label,
                     const std::vector<std::string>& classes) {
  Cells cells;
  cells.classes = classes;
  cells.groups = group;
  std::sort(cells.groups.begin(), cells.groups.end());
  cells.groups.erase(std::unique(cells.groups.begin(), cells.groups.end()), cells.groups.end());
  cells.count.assign(cells.groups.size(), std::vector<double>(classes.size(), 0));
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto g = std::lower_bound(cells.groups.begin(), cells.groups.end(), group[i]) - cells.groups.begin();
    cells.cell.push_back(g * static_cast<std::int64_t>(classes.size()) + label[i]);
    ++cells.count[static_cast<std::size_t>(g)][static_cast<std::size_t>(label[i])];
  }
  return cells;
}

std::vector<double> reweighing(const Cells& cells) {
  std::vector<double> of_class(cells.classes.size(), 0);
  for (const auto& row : cells.count) {
    for (std::size_t y = 0; y < row.size(); ++y) of_class[y] += row[y];
  }
  const auto n = static_cast<double>(cells.cell.size());
  std::vector<double> weights;
  for (const auto& row : cells.count) {
    const double of_group = std::accumulate(row.begin(), row.end(), 0.0);
    for (std::size_t y = 0; y < row.size(); ++y) {
      weights.push_back(row[y] > 0 ? of_group * of_class[y] / (n * row[y]) : 0);
    }
  }
  return weights;
}

std::vector<std::size_t> balanced_order(const Cells& cells, std::uint64_t seed, int epoch) {
  std::vector<std::vector<std::size_t>> images(cells.size());
  for (std::size_t i = 0; i < cells.cell.size(); ++i) images[static_cast<std::size_t>(cells.cell[i])].push_back(i);
  std::erase_if(images, [](const auto& cell) { return cell.empty(); });
  Random random(mix_seed(seed, kStream + static_cast<std::uint64_t>(epoch)));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < cells.cell.size(); ++i) {
    const auto& cell = images[random.below(images.size())];
    order.push_back(cell[random.below(cell.size())]);
  }
  return order;
}

std::vector<float> balanced_draw_class_weights(const Cells& cells) {
  std::vector<double> filled(cells.classes.size(), 0);
  for (const auto& row : cells.count) {
    for (std::size_t y = 0; y < row.size(); ++y) filled[y] += row[y] > 0 ? 1 : 0;
  }
  const double all = std::accumulate(filled.begin(), filled.end(), 0.0);
  std::vector<float> weights;
  for (const double cells_of_class : filled) {
    const double share = static_cast<double>(filled.size()) * cells_of_class;
    weights.push_back(cells_of_class > 0 ? static_cast<float>(all / share) : 0.0F);
  }
  return weights;
}

}  // namespace flnas
