#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "harness/records/summaries.h"
#include "harness/train/config.h"
#include "harness/train/device.h"
#include "harness/train/examples.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// Trains a model, one epoch at a time, and can be saved and loaded between epochs:
///
///     order(seed, epoch) -> batches -> augment(seed, epoch, batch), images alone -> step -> averaged weights
///         -> validation (loss, accuracy, AUROC, balanced accuracy) -> best so far -> save / load
///
/// Everything random depends on (seed, epoch, batch) only and not on what ran before, so that a run continued from a
/// checkpoint is bit-identical to one that was never interrupted (on the same machine, threads and libraries).
class Trainer {
 public:
  /// Keeps references to `model` and `data`; moves the model to the device. Throws ConfigError if the mitigation needs
  /// cells that data.train does not have.
  Trainer(nn::Classifier& model, const ExampleData& data, const TrainConfig& effective, const DeviceSetup& setup);
  ~Trainer();

  /// All epochs are done, or the selected validation figure has not improved for `patience` epochs.
  bool finished() const;
  bool stopped_early() const;
  /// Trains one epoch and evaluates it; `before_step` is called before each step, and ends the epoch by throwing: the
  /// model is then no longer that of a whole epoch, and the last checkpoint is where to go on. Throws Error when the
  /// loss is no longer a number, or when the figure that epochs are selected by is undefined.
  const Epoch& run_epoch(const std::function<void()>& before_step = {});

  const std::vector<Epoch>& history() const;
  /// The epoch that is kept (TrainConfig::selection), from 1; 0 before the first.
  int best_epoch() const;
  /// Puts the best epoch's weights into the model.
  void restore_best();
  /// Of group-dro: the weight of each cell after the last epoch; empty otherwise.
  std::vector<float> group_weights() const;

  /// Model, best and averaged weights, Adam's state and history in one file, whole or not at all.
  void save(const std::filesystem::path& file) const;
  /// Throws ConfigError for a checkpoint of another configuration or model, DataError for a damaged file.
  void load(const std::filesystem::path& file);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flnas
