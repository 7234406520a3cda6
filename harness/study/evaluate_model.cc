#include "harness/study/evaluate_model.h"

#include <fmt/format.h>

#include <optional>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/evaluation/group_thresholds.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/study/run_weights.h"
#include "harness/train/device.h"
#include "harness/train/predict.h"

namespace flnas::study {

Predictions evaluate_model(const EvaluateRequest& request) {
  TrainConfig config = request.config;
  DataSource source = request.data;
  std::filesystem::path weights = request.model;
  std::optional<Json> mitigation;
  if (std::filesystem::is_directory(request.model)) {
    const RunWeights run = run_weights(request.model);
    config.task = run.record.data.task;
    if (run.size() > 0) config.size = run.size();
    if (const auto kept = request.model / kAdapterFile; source.adapter.empty() && std::filesystem::exists(kept)) {
      source.adapter = kept.string();
    }
    weights = run.file;
    if (run.record.training) mitigation = run.record.training->mitigation;
  } else if (!nn::is_torchscript(request.model)) {
    throw ConfigError(
        fmt::format("'{}' is neither a run's folder nor a TorchScript .pt: it has no trained weights; "
                    "train it first (flnas train)",
                    request.model.string()));
  }
  require_valid(config.problems());
  find_name("subset", request.subset, {"train", "validation", "test"});
  const DeviceSetup setup = use_device(effective_config(config));
  const bool whole = request.data.split.empty();
  const RunData data(source, config.task, config.size);
  const auto model = nn::load_torchscript(weights, data.model_options());
  place(*model, setup);
  Predictions predictions = predict(*model, data, whole ? "test" : request.subset, setup);
  if (mitigation && mitigation->value("name", "") == GroupThresholds{}.name) {
    const auto thresholds = record_from_json<GroupThresholds>(*mitigation, "run.json: training: mitigation");
    apply_thresholds(thresholds, data.table().adapter, data.task(), predictions);
  }
  if (whole) {
    for (auto& row : predictions.rows) row.subset = "all";
  }
  write_predictions(request.out, predictions);
  // Nothing lies beside a pipe or a device.
  if (std::filesystem::is_regular_file(request.out)) {
    write_json(adapter_beside(request.out), data.table().adapter.source);
  }
  return predictions;
}

}  // namespace flnas::study
