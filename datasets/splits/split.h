#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/tables/table.h"
#include "datasets/tables/units.h"
#include "harness/base/json.h"

namespace flnas {

/// How a data set is divided; see the table of protocols in Split.
struct SplitConfig {
  std::string protocol = "clean";
  int images = 5000;
  std::uint64_t seed = 1;
  int folds = 0;  ///< of crossfit; 0: kFolds

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("protocol", self.protocol, "clean, crossfit, stated (the paper's text) or inferred (its numbers)");
    visit("images", self.images, "images to select; 0 takes all");
    visit("seed", self.seed, "seed of the selection and the split");
    visit("folds", self.folds, "crossfit: folds, each tested by models that never saw its units; 0: 5");
  }
};

inline constexpr char kCrossfit[] = "crossfit";
inline constexpr int kFolds = 5, kMostFolds = 50;

/// The number of folds, 0 without crossfit. Throws ConfigError for one that is not 2 to kMostFolds, and for folds
/// without crossfit.
int number_of_folds(const SplitConfig& config);

/// The training, validation and test parts: image ids, sorted.
struct Subsets {
  std::vector<std::string> train, validation, test;
};

/// A division of a data set's images. Image ids are sorted.
///
///     protocol  selection                       ratio      unit    validation, test
///     clean     near-equal cells of all groups  70/20/10   lesion  apart; stratified by class and every attribute
///     stated    the same                        70/20/10   image   apart; random
///     inferred  random                          70/30      image   the same images
///     crossfit  as clean                        see below  lesion  as clean, in each of K folds
///
/// crossfit: the test parts of the K folds hold every image once. Of what a fold does not test, 7 in 8 are for training
/// and 1 in 8 for validation (70/10/20 with five folds). Lesions with nearly equal images are one unit.
/// Source: double cross-fitting without the estimator: M. Stone, Cross-validatory choice, JRSS B 36 (1974).
///
/// Cells are the combinations of the attributes' groups (sex x age). A cell with too few images gives all, and the
/// shortfall is spread evenly over the others; images with an unknown group come in only when all cells are used up.
/// Source: FL-NAS (arXiv 2402.06696), section III; `inferred` from the counts of its Table I (3,500/1,500).
struct Split {
  std::string adapter, data_name, fingerprint;
  std::string protocol, unit;
  std::uint64_t seed = 1;
  int requested = 5000;
  std::vector<std::string> notes;                    ///< for readers: fewer images than asked for, empty groups, ...
  std::vector<std::string> train, validation, test;  ///< crossfit: of `fold`; empty where that is 0
  int fold = 0;                                      ///< crossfit: 1 to K, or 0 for none
  std::vector<Subsets> folds;                        ///< crossfit alone
  /// crossfit: images of different lesions that stay together since they are nearly the same.
  std::vector<std::pair<std::string, std::string>> joined;

  /// "train", "validation" or "test"; throws ConfigError for another name.
  const std::vector<std::string>& subset(std::string_view name) const;
  /// Every image once, sorted: what an image cache has to hold. The same for all folds.
  std::vector<std::string> images() const;
};

/// Pairs among the selected rows that look nearly the same and are of different lesions (images/alike.h).
using FindAlike = std::function<RowPairs(const Table& table, const RowIndices& selected)>;

/// The same table, configuration and seed give the same split on every machine. `find_alike` is called for crossfit;
/// without it, or where the images are not here, the split's notes say that nobody looked for near duplicates.
/// Throws ConfigError for an unknown protocol, a wrong number of images or folds, or folds without crossfit; DataError
/// where a subset would be empty, a group has no image at all, the image folder is there but lacks a selected image, or
/// no task of the data set has all its classes in every fold.
Split make_split(const Table& table, const SplitConfig& config, const FindAlike& find_alike = {});

/// Throws DataError naming the first fold, subset and class of the task that has no image there; training and test
/// parts of crossfit only.
void require_classes(const Split& split, const Table& table, const Task& task);

Json split_to_json(const Split& split);

/// Reads split.json and checks it against the data: throws DataError for a file of another kind, a split made for
/// other data, an unknown image, an image in two subsets, or an empty subset. `fold`: whose subsets are wanted, where
/// the protocol is crossfit; 0: none in particular. Throws ConfigError where the split has no such fold.
Split read_split(const std::filesystem::path& file, const Table& table, int fold = 0);

/// The subsets of a split's JSON, without any check; of crossfit those of the fold (from 1), and with fold 0 nothing
/// but `test`: all images. For who has no table, such as verification. Throws Json::exception where a key is missing.
Subsets subsets_of(const Json& split, int fold);

}  // namespace flnas
