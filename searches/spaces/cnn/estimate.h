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
  /// Peak of a training step with Adam in float32: weights, gradients, two moments, the activations that the backward
  /// pass needs, and the gradient of the largest one. Within three tenths of the counted one.
  std::int64_t memory_bytes = 0;
};

/// Throws ConfigError where a map would shrink to nothing.
Estimate estimate_cost(const nn::Architecture& architecture, const nn::ModelOptions& options, int batch);

}  // namespace flnas::searches
