#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/images/cache.h"
#include "datasets/splits/split.h"
#include "datasets/tables/table.h"
#include "harness/nn/registry.h"
#include "harness/records/record.h"
#include "harness/train/examples.h"

namespace flnas {

/// Where a run's examples come from.
struct DataSource {
  std::filesystem::path folder;
  std::filesystem::path split;  ///< empty: every labelled example is in subset test, and nothing can be trained
  std::string adapter;          ///< a name or a file; blank: what the folder holds (datasets/adapters/adapter_files.h)
  int fold = 0;                 ///< whose subsets are used, where the split's protocol is crossfit, from 1
};

/// A data set, its split and its decoded pixels or its features, tied together for one task and one image size.
class RunData {
 public:
  /// Reads the tables and the split, and opens or builds the pixel cache of images. A blank task is the data set's
  /// first. A table has no size. Throws
  /// DataError as these do, ConfigError for an unknown task.
  RunData(const DataSource& source, const std::string& task, int size);

  const Table& table() const { return table_; }
  const Split& split() const { return split_; }
  const Task& task() const { return task_; }
  /// Of images; 0 for a table.
  int size() const { return cache_ ? cache_->side() : 0; }
  /// The options that a model of this task is built with.
  nn::ModelOptions model_options() const;
  /// Feature -> number of rows with a category that no training row has; models see it as no category.
  const std::map<std::string, std::size_t>& unseen() const { return unseen_; }
  /// The training examples by group and class; `attributes` as in attribute_indices() of datasets/adapters/groups.h.
  Cells training_cells(const std::string& attributes) const;
  /// Inputs and labels per subset; they point into this object.
  ExampleData examples() const;
  /// Rows of the table, in the order of the subset.
  std::vector<std::size_t> rows(const std::string& subset) const;
  /// As in the record.
  DataInfo info() const;
  /// SHA-256 of the files at the time of reading: {images, labels, metadata, split}, as far as they exist.
  std::map<std::string, std::string> inputs_read() const;
  /// The same, computed anew at each call; images "missing" if one of them is gone.
  std::map<std::string, std::string> input_hashes() const;

 private:
  Examples examples_of(const std::string& subset) const;
  void read_features();

  DataSource source_;
  Table table_;
  Split split_;
  Task task_;
  std::vector<std::size_t> used_rows_;
  std::optional<ImageCache> cache_;  ///< of the used rows, where they are images
  std::vector<float> features_;      ///< of the used rows, where they are a table
  std::map<std::string, std::size_t> unseen_;
};

}  // namespace flnas
