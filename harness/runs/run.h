// One run: a model is trained once, evaluated, and recorded in its folder. This layer does not know which models exist,
// nor studies and searches.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "harness/metrics/rates/support.h"
#include "harness/records/record.h"
#include "harness/runs/limits.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// The model, data, settings and folder of a run.
struct RunRequest {
  ModelInfo model;  ///< facts; parameters and MACs for this task and size
  std::function<std::shared_ptr<nn::Classifier>()> make;
  /// Files from which `make` reads trained weights: "model" for a TorchScript file, "weights" for others.
  /// The record's `inputs` have their SHA-256.
  std::map<std::string, std::filesystem::path> sources;
  TrainConfig config;  ///< as requested
  DataSource data;
  /// `data` at config.task and config.size, loaded before with load_run_data, so that many runs on the same images open
  /// and check them once. Null: the run loads its own.
  std::shared_ptr<const RunData> loaded;
  std::filesystem::path out;               ///< the run's folder
  std::string subset = "test";             ///< for the metrics; searches use "validation"
  int min_support = metrics::kMinSupport;  ///< of the metrics
  std::string command;                     ///< repeats the run
  RunLimits limits;
  bool quiet = false;  ///< no line per epoch on stderr
};

std::shared_ptr<const RunData> load_run_data(const DataSource& data, const TrainConfig& config);

/// Trains a model in its folder, or continues after an earlier call was killed:
///
///     run.json (status failed: not finished) -> epochs: checkpoint.pt, history.jsonl -> best weights
///         -> predictions.csv -> model.pt -> run.json (status passed)
///
/// predictions.csv holds the rows of `subset`; for the test part of a two-class task also those of the validation part,
/// on which the metrics choose an operating point (evaluate_table.h).
/// Returns the record of a finished run at once. A run that fails, that would not fit into memory or that goes beyond
/// its time (limits.h) is recorded as failed, with the reason, and the error is rethrown. Throws ConfigError if the
/// folder holds a run of another model, configuration, split or images, and Error if another process trains there
/// (harness/base/folder_lock.h).
RunRecord run_training(const RunRequest& request);

/// The model's name for messages, marked if it only approximates its row of Table I: "fahana_fair (approximate)".
std::string shown_name(const ModelInfo& model);

}  // namespace flnas
