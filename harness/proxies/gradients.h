#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace flnas::proxies {

/// The output of a layer in a forward pass, within the autograd graph.
struct LayerOutput {
  at::Tensor value;         ///< [N, K, H, W] of a convolution; [N, K] or [N, L, K] of a linear layer
  double channel_size = 0;  ///< weights of one output channel
  bool channels_last = false;
};

/// Proxies from the gradient g of the loss by the layers' weights w.
struct GradientProxies {
  double grad_norm = 0;  ///< sum over layers of |g|_2
  double snip = 0;       ///< sum of |g w|
  double plain = 0;      ///< sum of g w
  double fisher = 0;     ///< sum over channels of (channel's weights) x mean over images of (sum of a da)^2 / 2
  double grasp = 0;      ///< -sum of (H g) w, H the Hessian of the loss by the weights
};

/// From the loss (a scalar) of one batch. In `fisher`, a is a layer's output and da the loss's gradient by it; it is 0
/// without `outputs`. An activation in place, right after a layer, makes a the activated output: no other value for
/// ReLU. `grasp` takes a backward pass through the gradient, and is left out (0) unless asked for.
/// A weight that the loss does not depend on counts as 0. The graph is freed.
/// Sources: Lee, Ajanthan, Torr, SNIP, ICLR 2019; Wang, Zhang, Grosse, GraSP, ICLR 2020; Turner et al., BlockSwap,
/// ICLR 2020 (fisher); grad_norm, plain and the sums over weights: Abdelfattah et al., Zero-Cost Proxies for
/// Lightweight NAS, ICLR 2021, and its code. Differs: the outputs of a linear layer on tokens have their channels in
/// the last place.
GradientProxies gradient_proxies(const at::Tensor& loss, const std::vector<at::Tensor>& weights,
                                 const std::vector<LayerOutput>& outputs, bool with_grasp);

}  // namespace flnas::proxies
