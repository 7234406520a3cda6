#pragma once

#include <cstdint>

#include "harness/nn/architecture/architecture.h"
#include "harness/nn/registry.h"

namespace flnas::searches {

/// What an architecture would take, by arithmetic alone: nothing is built, so that a design of any size is safe to
/// look at. Takes microseconds.
struct Estimate {
  std::int64_t parameters = 0;  ///< exactly nn::measure_cost's
  std::int64_t macs = 0;        ///< of one image; exactly nn::measure_cost's
  /// Activations of a batch in float32 that the backward pass needs. Within three tenths of the counted ones.
  std::int64_t activation_bytes = 0;
  /// Peak of a training step with Adam in float32: weights, gradients, two moments, these activations and the gradient
  /// of the largest one. The workspace of convolution kernels, which depends on the processor, is not in it.
  std::int64_t memory_bytes = 0;
};

/// Throws ConfigError where a map would shrink to nothing.
Estimate estimate_cost(const nn::Architecture& architecture, const nn::ModelOptions& options, int batch);

}  // namespace flnas::searches
