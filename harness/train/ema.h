#pragma once

#include <cstdint>

#include "harness/train/checkpoint.h"

namespace flnas {

/// An exponential moving average of a model's parameters and of its buffers of floating point:
/// average <- d average + (1 - d) model, where d = min(decay, (1 + t) / (10 + t)) at step t from 1, so that the initial
/// weights lose their influence quickly. Other buffers (counters) are copied from the model.
/// Source: Polyak and Juditsky, SIAM J. Control Optim. 30, 1992, in the form of Tan and Le, arXiv 1905.11946; the
/// bound by t is TensorFlow's tf.train.ExponentialMovingAverage.
class AveragedWeights {
 public:
  AveragedWeights(const torch::nn::Module& model, double decay);

  void update(const torch::nn::Module& model);

  /// The tensors for checkpoints.
  std::int64_t steps = 0;
  const nn::NamedTensors& average() const { return average_; }
  nn::NamedTensors& average() { return average_; }

 private:
  double decay_;
  nn::NamedTensors average_;
};

}  // namespace flnas
