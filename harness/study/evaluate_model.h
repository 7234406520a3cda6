#pragma once

#include <string>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/fields.h"
#include "harness/records/predictions.h"
#include "harness/records/robustness_record.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas::study {

/// The request of `flnas evaluate`: predictions of a trained model.
struct EvaluateRequest {
  static constexpr char kCommand[] = "flnas evaluate";
  std::filesystem::path model;  ///< a run's folder, or a TorchScript file
  DataSource data;              ///< without a split: every labelled image
  std::string subset = "test";
  std::filesystem::path out;  ///< predictions.csv; with `robustness` a folder
  bool robustness = false;
  TrainConfig config;  ///< task and size (of a run: its own), device, precision, threads

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("model", self.model, "a run's folder or a TorchScript .pt",
          {.value = "RUN|MODEL", .positional = true, .required = true});
    visit("data", self.data.folder, "folder with the images and their tables", {.value = "DIR", .required = true});
    visit("split", self.data.split, "file that `flnas dataset split` wrote; without it, all images are evaluated",
          {.value = "FILE"});
    visit("fold", self.data.fold, "of a crossfit split: whose subsets, from 1", {.value = "N"});
    visit("subset", self.subset, "images of the split", {.value = "train|validation|test"});
    visit("out", self.out, "the predictions' .csv; with --robustness a folder",
          {.value = "FILE|DIR", .required = true});
    visit("robustness", self.robustness,
          "of a run: its accuracy on the images corrupted (noise, blur, brightness, JPEG) and attacked (FGSM), overall "
          "and by group; writes predictions.csv and robustness.json into --out");
    visit("adapter", self.data.adapter, adapter_help(), {.value = "NAME|FILE"});
    visit("task", self.config.task, "of a .pt: its task (default: the data set's first)", {.value = "TASK"});
    visit("size", self.config.size, "of a .pt: side of its input", {.value = "PIXELS"});
    visit("device", self.config.device, "where it runs", {.value = "auto|cpu|cuda"});
    visit("precision", self.config.precision, "of its arithmetic", {.value = "auto|float32|bfloat16"});
    visit("threads", self.config.threads, "CPU threads; 0: one per core", {.value = "N"});
  }
};

/// `flnas evaluate RUN --robustness`: the record of the run's answers to the images of a subset as they are, corrupted
/// and attacked, which it writes into `out` with the answers and the adapter. Throws ConfigError where the model is no
/// run, or of tables, DataError for the images or the split.
RobustnessRecord evaluate_robustness(const EvaluateRequest& request);

/// Predicts and writes `out`, and beside it the data set's adapter (that of the run unless another is named). Without a
/// split the rows are of subset "all". Throws ConfigError for a model without weights, DataError for the images or the
/// split.
Predictions evaluate_model(const EvaluateRequest& request);

}  // namespace flnas::study
