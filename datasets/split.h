#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/table.h"
#include "harness/base/json.h"

namespace flnas {

/// How a data set is divided; see the table of protocols in Split.
struct SplitConfig {
  std::string protocol = "clean";
  int images = 5000;
  std::uint64_t seed = 1;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("protocol", self.protocol, "clean, stated (the paper's text) or inferred (its numbers)");
    visit("images", self.images, "images to select; 0 takes all");
    visit("seed", self.seed, "seed of the selection and the split");
  }
};

/// A division of a data set's images. Image ids are sorted.
///
///     protocol  selection                       ratio      unit    validation, test
///     clean     near-equal cells of all groups  70/20/10   lesion  apart; stratified by class and every attribute
///     stated    the same                        70/20/10   image   apart; random
///     inferred  random                          70/30      image   the same images
///
/// Cells are the combinations of the attributes' groups (sex x age). A cell with too few images gives all, and the
/// shortfall is spread evenly over the others; images with an unknown group come in only when all cells are used up.
/// Source: FL-NAS (arXiv 2402.06696), section III; `inferred` from the counts of its Table I (3,500/1,500).
struct Split {
  std::string adapter, data_name, fingerprint;
  std::string protocol, unit;
  std::uint64_t seed = 1;
  int requested = 5000;
  std::vector<std::string> notes;  ///< what the reader has to know: fewer images than asked for, empty groups, ...
  std::vector<std::string> train, validation, test;

  /// "train", "validation" or "test"; throws ConfigError for another name.
  const std::vector<std::string>& subset(std::string_view name) const;
  /// Every image once, sorted: what an image cache has to hold.
  std::vector<std::string> images() const;
};

/// The same table, configuration and seed give the same split on every machine.
/// Throws ConfigError for an unknown protocol or a wrong number of images; DataError where a subset would be empty,
/// a group has no image at all, or the image folder is there but lacks a selected image.
Split make_split(const Table& table, const SplitConfig& config);

Json split_to_json(const Split& split);

/// Reads split.json and checks it against the data: throws DataError for a file of another kind, a split made for
/// other data, an unknown image, an image in two subsets, or an empty subset.
Split read_split(const std::filesystem::path& file, const Table& table);

}  // namespace flnas
