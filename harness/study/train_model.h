#pragma once

#include <string>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/fields.h"
#include "harness/metrics/rates/support.h"
#include "harness/nn/registry.h"
#include "harness/records/record.h"
#include "harness/runs/limits.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas::study {

/// The request of `flnas train`: one run.
struct TrainRequest {
  static constexpr char kCommand[] = "flnas train";
  std::string model;
  DataSource data;
  std::filesystem::path out;
  /// Weights to start from (nn/weights/weights.h), or the run that has them; blank: random.
  std::filesystem::path init;
  std::string name;   ///< of the model in records and folders; blank: its own
  std::string title;  ///< of the model in tables; blank: the name asked for, or its own
  std::string subset = "test";
  int min_support = metrics::kMinSupport;  ///< of the run's metrics
  RunLimits limits;
  TrainConfig config;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("model", self.model,
          "a name (flnas models), an architecture .json, a .py with an nn.Sequential, or a TorchScript .pt, which "
          "starts from the weights in it",
          {.value = "MODEL", .positional = true, .required = true});
    visit("data", self.data.folder, "folder with the images and their tables", {.value = "DIR", .required = true});
    visit("split", self.data.split, "file that `flnas dataset split` wrote", {.value = "FILE", .required = true});
    visit("fold", self.data.fold, "of a crossfit split: the fold to be tested on, from 1", {.value = "N"});
    visit("out", self.out, "the run's folder; the same command continues there", {.value = "DIR", .required = true});
    visit("adapter", self.data.adapter, adapter_help(), {.value = "NAME|FILE"});
    visit("init", self.init,
          "weights to start from: a run's folder, its model.pt, a state dict (.pt, .pth) or .safetensors, by flnas's "
          "names or by PyTorch's for the same nn.Sequential (default: random, by --seed)",
          {.value = "RUN|FILE"});
    visit("name", self.name, "what records call the model (default: its own name)", {.value = "NAME"});
    visit("title", self.title, "what tables call it (default: --name, or its own title)", {.value = "TEXT"});
    visit("subset", self.subset, "images that the predictions and metrics are of", {.value = "train|validation|test"});
    visit("min_support", self.min_support, "rows from which a group's rate counts in the fairness figures",
          {.value = "N"});
    visit_part(self.limits, "Limits", visit);
    visit_part(self.config, "Training", visit);
  }
};

/// Trains one model in its folder, or continues there (harness/runs/run.h). Throws ConfigError for the settings, the
/// model or the folder, or if the weights do not fit the model; DataError for the images, the split or the weights;
/// Error if the training failed, with the reason in run.json.
RunRecord train_model(const TrainRequest& request, const nn::Registry& registry);

}  // namespace flnas::study
