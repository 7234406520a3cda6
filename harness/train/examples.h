#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/nn/standardised.h"
#include "harness/train/mitigation/cells.h"

namespace flnas {

/// Labelled examples that a loader can address: rows of a memory-mapped pixel cache, or of a table's features. Neither
/// is copied.
struct Examples {
  const std::uint8_t* pixels = nullptr;  ///< [*, size, size, 3] uint8, RGB; the whole cache. Null: a table.
  int size = 0;
  const float* features = nullptr;    ///< [*, columns] float32; the whole table.
  std::vector<std::int64_t> columns;  ///< as nn::ModelOptions::columns; empty: images
  std::vector<std::int64_t> row;      ///< Index into the cache or table, one per example.
  std::vector<std::int64_t> label;    ///< Class index, one per example.
  Cells cells;                        ///< Empty if groups are not used.

  std::size_t count() const { return row.size(); }
  const std::uint8_t* image(std::size_t i) const {
    return pixels +
           static_cast<std::size_t>(row[i]) * static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3;
  }
  const float* feature_row(std::size_t i) const { return features + static_cast<std::size_t>(row[i]) * columns.size(); }
};

/// The three parts that a run uses. Under protocol `inferred` validation and test are the same examples.
struct ExampleData {
  Examples train;
  Examples validation;
  Examples test;
  std::vector<std::string> classes;
};

/// Mean and (population) standard deviation of the inputs: for images of each channel, over all pixels of the examples,
/// in [0, 1]; for a table of each column of numbers, with 0 and 1 for categories. A deviation of 0 is returned as 1.
nn::ChannelStatistics input_statistics(const Examples& examples);

}  // namespace flnas
