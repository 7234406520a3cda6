#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/latency/estimation/roofline.h"

namespace flnas {

/// The inputs of an estimate, from which it can be recomputed: estimate.json beside its record.
struct EstimateInputs {
  std::string platform;
  int batch = 0;
  int threads = 0;  ///< 0: all of the platform's cores
  Rates rates;
  Efficiency efficiency;
  std::vector<nn::Operation> operations;  ///< of one forward of the whole batch
};

LatencyEstimate estimate_of(const EstimateInputs& inputs);

void write_estimate(const std::filesystem::path& file, const EstimateInputs& inputs);
/// Throws DataError on a missing file, or a key that is missing, unknown or of another type.
EstimateInputs read_estimate(const std::filesystem::path& file);

}  // namespace flnas
