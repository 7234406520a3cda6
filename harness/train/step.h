#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

#include "harness/train/device.h"

namespace flnas {
class Adam;
class GroupDro;
namespace nn {
class Classifier;
}

/// The loss that a step minimises.
struct Objective {
  /// Cross-entropy with class weights, as by torch.nn.CrossEntropyLoss: the mean over images, by their weights.
  Objective(at::Tensor weights) : class_weights(std::move(weights)) {}  // NOLINT: weights are an objective

  at::Tensor class_weights;    ///< [C] float32
  double label_smoothing = 0;  ///< in [0, 1)
  at::Tensor cell_weights;     ///< [cells] float32, times the class's weight (cells.h); undefined: all 1
  GroupDro* dro = nullptr;     ///< if set, its loss of the cells is used, without class and cell weights
  double clip = 0;             ///< largest norm of the gradients; 0: no limit
};

/// The targets of a batch.
struct Targets {
  Targets(at::Tensor classes, at::Tensor cell = {}) : labels(std::move(classes)), cells(std::move(cell)) {}  // NOLINT

  at::Tensor labels;  ///< [B] int64
  at::Tensor cells;   ///< [B] int64; undefined where the objective has no cells
};

/// Sums over a batch, kept on the device so that a step does not wait for it.
struct StepSums {
  at::Tensor loss;     ///< sum of weight x loss
  at::Tensor weight;   ///< sum of the images' weights
  at::Tensor correct;  ///< images whose largest logit is the label's

  void add(const StepSums& other);
};

/// The loss and accuracy of an epoch from its sums; waits for the device.
struct MeanLoss {
  double loss = 0;      ///< weighted mean cross-entropy, in nats
  double accuracy = 0;  ///< share in [0, 1]
};
MeanLoss mean_loss(const StepSums& sums, std::size_t images);

/// One optimisation step: forward (autocast where the setup asks for it), the objective, backward, Adam.
/// Shapes: images [B, 3, S, S] float32 in [0, 1]; all tensors on the device.
StepSums train_step(nn::Classifier& model, Adam& optimizer, const at::Tensor& images, const Targets& targets,
                    const Objective& objective, const DeviceSetup& setup);

/// The same without learning, with the logits [B, C] float32; the caller sets evaluation mode and turns gradients off.
struct EvaluatedBatch {
  StepSums sums;
  at::Tensor logits;
};
EvaluatedBatch evaluate_step(nn::Classifier& model, const at::Tensor& images, const Targets& targets,
                             const Objective& objective, const DeviceSetup& setup);

}  // namespace flnas
