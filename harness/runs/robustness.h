#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "harness/records/predictions.h"
#include "harness/records/record.h"
#include "harness/records/robustness_record.h"
#include "harness/train/device.h"
#include "harness/train/run_data.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// What is asked of a run's model.
struct RobustnessRequest {
  ModelInfo model;
  std::string command;  ///< that repeats it
  std::string subset;   ///< train, validation or test
  bool whole = false;   ///< the data have no split: subset test is all of them
  /// How the run makes answers of the model's; null: as they are.
  std::function<void(Predictions&)> answer = {};
};

/// Asks the model about the images of the subset as they are, corrupted and attacked, and writes predictions.csv, the
/// adapter and robustness.json into `out`. Throws ConfigError for a table.
RobustnessRecord evaluate_robustness(nn::Classifier& model, const RunData& data, const DeviceSetup& setup,
                                     const RobustnessRequest& request, const std::filesystem::path& out);

}  // namespace flnas
