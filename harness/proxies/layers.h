#pragma once

#include <ATen/core/Tensor.h>

#include <utility>
#include <vector>

namespace torch::nn {
class Module;
}

namespace flnas::proxies {

/// The weights of every convolution and linear layer below `module`, in the order of registration: what the proxies
/// sum over. Norms, biases and other parameters are left out.
std::vector<at::Tensor> layer_weights(const torch::nn::Module& module);

/// Sum of the L2 norms of the layers' weights.
/// Source: Abdelfattah et al., Zero-Cost Proxies for Lightweight NAS, ICLR 2021. Its value depends on the random
/// weights only, and with libtorch's initialisation on little else than the number and the widths of layers.
double l2_norm(const torch::nn::Module& module);

/// Makes every batch norm below `module` the identity for evaluation mode, up to rounding. Layer and group norms stay.
void remove_batch_norms(torch::nn::Module& module);

/// Puts parameters, buffers, dtype and mode back when it goes out of scope, also by an exception.
class KeepState {
 public:
  explicit KeepState(torch::nn::Module& module);
  ~KeepState();
  KeepState(const KeepState&) = delete;
  KeepState& operator=(const KeepState&) = delete;

 private:
  torch::nn::Module& module_;
  bool was_training_;
  std::vector<std::pair<at::Tensor, at::Tensor>> copies_;  ///< the tensor, its former values
};

}  // namespace flnas::proxies
