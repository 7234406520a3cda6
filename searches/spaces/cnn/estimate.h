#pragma once

#include <cstdint>

#include "harness/nn/architecture/architecture.h"
#include "harness/nn/registry.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// What an architecture would take, by arithmetic alone, so that a design of any size is safe to look at. Takes
/// microseconds. Parameters and multiply-accumulates are exactly nn::measure_cost's; the memory is the peak of a
/// training step with Adam in float32: weights, gradients, two moments, the activations that the backward pass needs,
/// and the gradient of the largest one. The workspace of convolution kernels, which depends on the processor, is not in
/// it. Throws ConfigError where a map would shrink to nothing.
CostEstimate estimate_cost(const nn::Architecture& architecture, const nn::ModelOptions& options, int batch);

}  // namespace flnas::searches
