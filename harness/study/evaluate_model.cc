#include "harness/study/evaluate_model.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/evaluation/group_thresholds.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/runs/robustness.h"
#include "harness/study/run_weights.h"
#include "harness/train/device.h"
#include "harness/train/predict.h"

namespace flnas::study {
namespace {

/// What is evaluated, with the images that it is shown.
struct Evaluated {
  std::optional<RunRecord> run;  ///< none of a lone .pt
  DeviceSetup setup;
  std::unique_ptr<RunData> data;
  std::shared_ptr<nn::Classifier> model;
};

Evaluated load(const EvaluateRequest& request) {
  TrainConfig config = request.config;
  DataSource source = request.data;
  std::filesystem::path weights = request.model;
  Evaluated loaded;
  if (std::filesystem::is_directory(request.model)) {
    const RunWeights run = run_weights(request.model);
    config.task = run.record.data.task;
    if (run.size() > 0) config.size = run.size();
    if (const auto kept = request.model / kAdapterFile; source.adapter.empty() && std::filesystem::exists(kept)) {
      source.adapter = kept.string();
    }
    weights = run.file;
    loaded.run = run.record;
  } else if (!nn::is_torchscript(request.model)) {
    throw ConfigError(
        fmt::format("'{}' is neither a run's folder nor a TorchScript .pt: it has no trained weights; "
                    "train it first (flnas train)",
                    request.model.string()));
  }
  require_valid(config.problems());
  find_name("subset", request.subset, {"train", "validation", "test"});
  loaded.setup = use_device(effective_config(config));
  loaded.data = std::make_unique<RunData>(source, config.task, config.size);
  loaded.model = nn::load_torchscript(weights, loaded.data->model_options());
  place(*loaded.model, loaded.setup);
  return loaded;
}

/// Without a split all images are in subset test.
std::string wanted_subset(const EvaluateRequest& request) {
  return request.data.split.empty() ? "test" : request.subset;
}

/// A run whose answers go by thresholds of groups goes by them here too.
void answer_as_run(const Evaluated& loaded, Predictions& predictions) {
  if (!loaded.run || !loaded.run->training || !loaded.run->training->mitigation) return;
  const Json& mitigation = *loaded.run->training->mitigation;
  if (mitigation.value("name", "") != GroupThresholds{}.name) return;
  const auto thresholds = record_from_json<GroupThresholds>(mitigation, "run.json: training: mitigation");
  apply_thresholds(thresholds, loaded.data->table().adapter, loaded.data->task(), predictions);
}

}  // namespace

RobustnessRecord evaluate_robustness(const EvaluateRequest& request) {
  if (!std::filesystem::is_directory(request.model)) {
    throw ConfigError(
        fmt::format("--robustness is of a run, whose model it names: '{}' is no run's folder", request.model.string()));
  }
  const Evaluated loaded = load(request);
  return flnas::evaluate_robustness(*loaded.model, *loaded.data, loaded.setup,
                                    {.model = loaded.run->model,
                                     .command = command_of(request),
                                     .subset = wanted_subset(request),
                                     .whole = request.data.split.empty(),
                                     .answer = [&](Predictions& answers) { answer_as_run(loaded, answers); }},
                                    request.out);
}

Predictions evaluate_model(const EvaluateRequest& request) {
  const Evaluated loaded = load(request);
  const RunData& data = *loaded.data;
  const bool whole = request.data.split.empty();
  Predictions predictions = predict(*loaded.model, data, wanted_subset(request), loaded.setup);
  answer_as_run(loaded, predictions);
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
