#pragma once

#include <cstdint>

#include "harness/nn/cost.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas {

/// How many operations of one cell run in a network that TensorFlow's converter has folded, as HW-NAS-Bench measured
/// them.
struct ExecutedOperations {
  int conv_3x3 = 0;
  int conv_1x1 = 0;
  int pooling = 0;
  int additions = 0;
};

/// The operations that remain. They are not those of `nn::reachable`:
/// - Norms, activations and skips become part of their neighbours.
/// - From the output back, every operation on an edge runs, and so do those of the node where the edge begins.
/// - A node without inputs is zero. A skip from it is no input at all; a convolution or pooling of it does run.
/// - `none` is a product with zero. Where the value in front of it is a single convolution (or a skip of one), the
///   zero moves into that convolution's weights: the `none` is gone, but the convolution runs, and so does what leads
///   to it. This happens on the edges 1-2 and 2-3 and not on 1-3; a node 2 without inputs stands for node 1 then.
///   Any other `none` cuts its edge.
/// Source: inferred from the raspi4 column of HW-NAS-Bench (Li et al., ICLR 2021), whose 15,284 connected cells follow
/// it; no text states it.
ExecutedOperations executed_operations(const nn::Cell& cell);

/// What a folded network of such cells runs for one image of `size` pixels, as `nn::measure_cost` would list it
/// (without norms and activations): the stem, the two reduction blocks and the head once, the cell's operations
/// five times in each stage.
nn::Cost executed_cost(const ExecutedOperations& cell, std::int64_t size, std::int64_t classes);

}  // namespace flnas
