#pragma once

#include <ATen/core/Tensor.h>

#include "harness/train/device.h"

namespace flnas {
class Adam;
namespace nn {
class Classifier;
}

/// Sums over a batch, kept on the device so that a step does not wait for it.
struct StepSums {
  at::Tensor loss;     ///< sum of weight x cross-entropy
  at::Tensor weight;   ///< sum of the labels' class weights
  at::Tensor correct;  ///< images whose largest logit is the label's

  void add(const StepSums& other);
};

/// What an epoch's sums mean: {loss, accuracy}; waits for the device.
struct MeanLoss {
  double loss = 0;      ///< weighted mean cross-entropy, in nats
  double accuracy = 0;  ///< share in [0, 1]
};
MeanLoss mean_loss(const StepSums& sums, std::size_t images);

/// One optimisation step: forward (autocast where the setup asks for it), cross-entropy with class weights, backward,
/// Adam. Shapes: images [B, 3, S, S] float32 in [0, 1], labels [B] int64, class_weights [C] float32, all on the device.
StepSums train_step(nn::Classifier& model, Adam& optimizer, const at::Tensor& images, const at::Tensor& labels,
                    const at::Tensor& class_weights, const DeviceSetup& setup);

/// The same sums without learning; the caller sets evaluation mode and turns gradients off.
StepSums evaluate_step(nn::Classifier& model, const at::Tensor& images, const at::Tensor& labels,
                       const at::Tensor& class_weights, const DeviceSetup& setup);

}  // namespace flnas
