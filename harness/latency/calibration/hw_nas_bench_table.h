#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/latency/calibration/tflite_fused_cell.h"
#include "harness/latency/estimation/roofline.h"

namespace flnas {

/// What the networks of a table were built for: cifar10, cifar100 or ImageNet16-120. Throws ConfigError for others.
struct CellDataSet {
  std::string name;
  std::int64_t classes, size;
};
const CellDataSet& cell_data_set(const std::string& name);
std::vector<std::string> cell_data_sets();

/// One cell and the latency that a device took for its network, one image.
struct MeasuredCell {
  nn::Cell cell;
  ExecutedOperations executed;
  double latency_us = 0;
};

struct CellTable {
  CellDataSet data_set;
  std::vector<MeasuredCell> connected;
  /// Cells without a path from input to output. A converter folds most of such a network into a constant, so no
  /// estimate is made of them.
  std::vector<MeasuredCell> disconnected;
};

/// FOLDER/hw_DATASET.csv: the columns `index` and DEVICE_latency (milliseconds; -1: not measured, left out).
/// Throws DataError naming file, line and column; ConfigError for an unknown device, with the nearest.
CellTable read_cell_table(const std::filesystem::path& folder, const std::string& data_set, const std::string& device);

/// Microseconds of a network's fixed part and of each operation of its cell (in all fifteen cells).
struct CellTimes {
  double fixed_us, conv_3x3_us, conv_1x1_us, pooling_us, addition_us;

  double latency_us(const ExecutedOperations& cell) const;
};
CellTimes cell_times(const CellDataSet& data_set, const Rates& rates, const Efficiency& efficiency, int threads);

}  // namespace flnas
