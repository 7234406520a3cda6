#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "datasets/images/cache.h"
#include "datasets/split.h"
#include "datasets/table.h"
#include "harness/records/record.h"
#include "harness/train/pixels.h"

namespace flnas {

/// Where a run's images come from.
struct DataSource {
  std::filesystem::path folder;
  std::filesystem::path split;  ///< empty: every labelled image is in subset test, and nothing can be trained
  std::string adapter;          ///< a name or a file; blank: what the folder holds (datasets/adapter_files.h)
  int fold = 0;                 ///< whose subsets are used, where the split's protocol is crossfit, from 1
};

/// A data set, its split and its decoded pixels, tied together for one task and one image size.
class RunData {
 public:
  /// Reads the tables and the split, and opens or builds the pixel cache. A blank task is the data set's first. Throws
  /// DataError as these do, ConfigError for an unknown task.
  RunData(const DataSource& source, const std::string& task, int size);

  const Table& table() const { return table_; }
  const Split& split() const { return split_; }
  const Task& task() const { return task_; }
  int size() const { return cache_.side(); }
  /// The training images by group and class; `attributes` as in attribute_indices() of datasets/groups.h.
  Cells training_cells(const std::string& attributes) const;
  /// Pixels and labels per subset; they point into this object's cache.
  PixelData pixels() const;
  /// Rows of the table, in the order of the subset.
  std::vector<std::size_t> rows(const std::string& subset) const;
  /// The record's view.
  DataInfo info() const;
  /// content_digest() of the images whose pixels these are.
  const std::string& content() const { return cache_.content(); }
  /// SHA-256 of what was read, taken anew at each call: {images, labels, metadata, split}; images "missing" where one
  /// of them is gone.
  std::map<std::string, std::string> input_hashes() const;

 private:
  PixelRows pixel_rows(const std::string& subset) const;

  DataSource source_;
  Table table_;
  Split split_;
  Task task_;
  std::vector<std::size_t> cached_rows_;
  ImageCache cache_;
};

}  // namespace flnas
