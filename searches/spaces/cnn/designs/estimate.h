#pragma once

#include <cstdint>
#include <vector>

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

/// What one stage adds to an architecture's cost.
struct StageCost {
  std::int64_t channels = 0, side = 0;  ///< of its output
  std::int64_t parameters = 0, macs = 0;
};

/// Of each stage, then of the head (channels: the classes, side: 1); they add up to estimate_cost's. Throws as it does.
std::vector<StageCost> stage_costs(const nn::Architecture& architecture, const nn::ModelOptions& options);

}  // namespace flnas::searches
