#include "datasets/images/alike.h"

#include <algorithm>
#include <map>

#include "datasets/images/opened.h"

namespace flnas {

RowPairs find_alike(const Table& table, const RowIndices& selected, unsigned threads) {
  const std::vector<OpenedImage> opened = open_images(table, selected, threads);
  std::map<std::string, std::size_t> first_with;  // bytes
  RowIndices rows;
  std::vector<Thumbnail> thumbnails;
  RowPairs pairs;
  const auto add = [&](std::size_t a, std::size_t b) {
    if (table.rows[a].unit() != table.rows[b].unit()) pairs.emplace_back(std::min(a, b), std::max(a, b));
  };
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (opened[i].hash.empty()) continue;
    const auto [first, added] = first_with.emplace(opened[i].hash, selected[i]);
    if (!added) add(first->second, selected[i]);
    if (!added || !opened[i].problem.empty()) continue;
    rows.push_back(selected[i]);
    thumbnails.push_back(opened[i].thumbnail);
  }
  for (const auto& [i, j] : find_near_duplicates(thumbnails, threads)) add(rows[i], rows[j]);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace flnas
