#include "harness/study/evaluate_model.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/study/run_weights.h"
#include "harness/train/device.h"
#include "harness/train/predict.h"

namespace flnas::study {

Predictions evaluate_model(const EvaluateRequest& request) {
  TrainConfig config = request.config;
  std::filesystem::path weights = request.model;
  if (std::filesystem::is_directory(request.model)) {
    const RunWeights run = run_weights(request.model);
    config.task = run.record.data.task;
    config.size = run.size();
    weights = run.file;
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
  const RunData data(request.data, config.task, config.size);
  const auto classes = static_cast<std::int64_t>(data.task().classes.size());
  const auto model = nn::load_torchscript(weights, {.classes = classes, .size = config.size});
  place(*model, setup);
  Predictions predictions = predict(*model, data, whole ? "test" : request.subset, setup);
  if (whole) {
    for (auto& row : predictions.rows) row.subset = "all";
  }
  write_predictions(request.out, predictions);
  return predictions;
}

}  // namespace flnas::study
