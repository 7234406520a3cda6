// One run: a model trained once, evaluated, and recorded in its folder. Knows neither which models there are nor what a
// study or a search makes of its runs.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "harness/metrics/rates/support.h"
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
  /// Files that `make` reads trained weights from: "model" for those inside a TorchScript file, "weights" for others.
  /// The record's `inputs` have their SHA-256.
  std::map<std::string, std::filesystem::path> sources;
  TrainConfig config;  ///< as requested
  DataSource data;
  /// `data` at config.task and config.size, loaded before: who trains many models on the same images opens and checks
  /// them once (load_run_data). Null: the run loads its own.
  std::shared_ptr<const RunData> loaded;
  std::filesystem::path out;               ///< the run's folder
  std::string subset = "test";             ///< that the metrics are of; searches take validation
  int min_support = metrics::kMinSupport;  ///< of the metrics
  std::string command;                     ///< repeats the run
  bool quiet = false;                      ///< no line per epoch on stderr
};

std::shared_ptr<const RunData> load_run_data(const DataSource& data, const TrainConfig& config);

/// Trains a model in its folder, or continues there where an earlier call was killed:
///
///     run.json (status failed: not finished) -> epochs: checkpoint.pt, history.jsonl -> best weights
///         -> predictions.csv -> model.pt -> run.json (status passed)
///
/// predictions.csv holds the rows of `subset`; of the test part and two classes also those of the validation part, on
/// which the metrics choose an operating point (evaluate_table.h).
/// On a finished run it returns the record at once. A run that fails is recorded as failed, with the reason, and the
/// error is rethrown. Throws ConfigError where the folder holds a run of another model, configuration, split or images,
/// Error where another process trains there (harness/base/folder_lock.h).
RunRecord run_training(const RunRequest& request);

/// The model's name for messages; one that only resembles its row of Table I says so: "fahana_fair (approximate)".
std::string shown_name(const ModelInfo& model);

}  // namespace flnas
