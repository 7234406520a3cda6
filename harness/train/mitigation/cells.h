#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace flnas {

/// The training part, divided into cells by group and class, for pre- and in-processing mitigation.
struct Cells {
  std::vector<std::string> groups;         ///< names, sorted: "female young"
  std::vector<std::string> classes;        ///< the task's
  std::vector<std::int64_t> cell;          ///< group x classes + class, one per image
  std::vector<std::vector<double>> count;  ///< images by group and class

  std::size_t size() const { return groups.size() * classes.size(); }
  bool empty() const { return cell.empty(); }
};

/// Divides images into cells by the names of their groups and the indices of their classes.
Cells cut_into_cells(const std::vector<std::string>& group, const std::vector<std::int64_t>& label,
                     const std::vector<std::string>& classes);

/// Reweighing: w(g, y) = P(g) P(y) / P(g, y), which makes the class independent of the group; 0 of an empty cell.
/// One weight per cell. Their mean over the images is 1 where no cell is empty.
/// Source: Kamiran and Calders, Knowledge and Information Systems 33, 2012, section 4.3 (reweighing).
std::vector<double> reweighing(const Cells& cells);

/// As many draws with replacement as there are images: first a non-empty cell, each equally likely, then one of its
/// images. Depends on seed and epoch only.
/// Source: Idrissi et al., CLeaR 2022 (arXiv 2110.14503), RWG: mini-batches with equal shares of all groups.
std::vector<std::size_t> balanced_order(const Cells& cells, std::uint64_t seed, int epoch);

/// Class weights n / (classes x n of the class) for the draws of balanced_order(), in which class y has the share of
/// the non-empty cells that are y's; 0 for a class without an image.
std::vector<float> balanced_draw_class_weights(const Cells& cells);

}  // namespace flnas
