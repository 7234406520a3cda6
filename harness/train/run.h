#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "harness/records/record.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// What a run trains and where it writes.
struct RunRequest {
  ModelInfo model;  ///< facts; parameters and MACs for this task and size
  std::function<std::shared_ptr<nn::Classifier>()> make;
  TrainConfig config;  ///< as requested
  DataSource data;
  const RunData* loaded = nullptr;  ///< of `data`, for the task and size, where the caller has read it; null: read here
  std::filesystem::path out;    ///< the run's folder
  std::string subset = "test";  ///< that predictions.csv and the metrics are of; searches take validation
  std::string command;          ///< repeats the run
  bool quiet = false;           ///< no line per epoch on stderr
};

/// Trains a model in its folder, or continues there where an earlier call was killed:
///
///     run.json (status failed: not finished) -> epochs: checkpoint.pt, history.jsonl -> best weights
///         -> predictions.csv -> model.pt -> run.json (status passed)
///
/// On a finished run it returns the record at once. A run that fails is recorded as failed, with the reason, and the
/// error is rethrown. Throws ConfigError where the folder holds a run of another model, configuration, split or images,
/// Error where another process trains there (run_lock.h).
RunRecord run_training(const RunRequest& request);

/// The model's name for messages; one that only resembles its row of Table I says so: "fahana_fair (like)".
std::string shown_name(const ModelInfo& model);

/// The record of the constant predictor on the same data, written to `out`.
RunRecord run_constant(const DataSource& source, const TrainConfig& config, const std::filesystem::path& out,
                       const std::string& command);

}  // namespace flnas
