#pragma once

#include <cstdint>
#include <vector>

#include "harness/nn/mlp/mlp.h"
#include "harness/nn/registry.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// What a part of a perceptron adds to its cost.
struct MlpPart {
  std::int64_t in = 0, out = 0;  ///< values of a row before and after it
  std::int64_t parameters = 0, macs = 0;
};

/// The encoder of a table's columns, each hidden layer, the output layer. Parameters and multiply-accumulates are
/// exactly nn::measure_cost's; nothing is built.
std::vector<MlpPart> mlp_parts(const nn::Mlp& mlp, const nn::ModelOptions& options);

/// Of all parts; the memory is the peak of a training step with Adam in float32, estimated: weights, gradients, two
/// moments, the values that the backward pass needs, and the gradient of the largest of them.
CostEstimate mlp_cost(const nn::Mlp& mlp, const nn::ModelOptions& options, int batch);

/// Whether a hidden layer's output has the width of its input, so that `residual` changes something.
bool has_equal_widths(const nn::Mlp& mlp, const nn::ModelOptions& options);

}  // namespace flnas::searches
