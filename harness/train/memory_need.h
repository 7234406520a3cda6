// The memory of a training run, before it starts.
#pragma once

#include <functional>
#include <memory>

#include "harness/nn/registry.h"
#include "harness/train/config.h"

namespace flnas {

/// Bytes of a training step with Adam: weights, gradients and two moments in float32; the outputs of convolutions and
/// matrix products, as much again that norms and activation functions keep, and their gradients; and something for the
/// libraries' code and workspaces. `activations`: nn::Cost's, of the whole batch. A count that is safely above the
/// peaks that are measured (harness/latency/timing/peak_memory.h), not an estimate of them.
double training_step_bytes(double parameters, double activations, double bytes_per_activation = 4);

/// What a run holds at most, in bytes.
struct MemoryNeed {
  double step = 0;     ///< training_step_bytes at its batch and precision
  double copies = 0;   ///< of the weights: the best epoch's, the averages, those of bfloat16
  double batches = 0;  ///< that are gathered ahead, as they are stored and as float32

  double total() const { return step + copies + batches; }
};

/// Counted by shapes alone (nn/shapes_only.h): neither the memory nor the time of a step is taken, and libtorch's CPU
/// generator is not changed. Throws what `make` throws.
MemoryNeed predict_memory(const std::function<std::shared_ptr<nn::Classifier>()>& make, const nn::ModelOptions& options,
                          const TrainConfig& effective);

}  // namespace flnas
