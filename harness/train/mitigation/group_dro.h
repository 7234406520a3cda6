#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace flnas {

/// Group distributionally robust optimisation: the loss of the worst cell, by weights q of the cells that grow with
/// their loss. Each batch: q <- q exp(step x mean loss of the cell), q <- q / sum q, loss = sum of q x mean loss; a
/// cell without an image in the batch has loss 0. Batches draw every cell equally often (balanced_order in cells.h).
/// Source: Sagawa, Koh, Hashimoto and Liang, ICLR 2020 (arXiv 1911.08731), algorithm 1, in batches as in the authors'
/// program.
class GroupDro {
 public:
  /// All weights are equal, but 0 for a cell without a training image. `count`: images by group and class (cells.h).
  GroupDro(const std::vector<std::vector<double>>& count, double step, const at::Device& device);

  /// Shapes: losses [B] float32, cells [B] int64 -> a scalar that can be differentiated; updates the weights.
  at::Tensor loss(const at::Tensor& losses, const at::Tensor& cells);

  /// [cells] float32, with sum 1; saved in checkpoints.
  const at::Tensor& weights() const { return weights_; }
  void set_weights(const at::Tensor& weights) { weights_.copy_(weights); }

 private:
  double step_;
  at::Tensor weights_;
};

}  // namespace flnas
