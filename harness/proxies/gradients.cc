#include "harness/proxies/gradients.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

namespace flnas::proxies {
namespace {

/// Over the channels: half the mean over images of the squared sum of activation times gradient, times their weights.
double fisher_of(const LayerOutput& output, const at::Tensor& gradient) {
  at::Tensor product = output.value.detach() * gradient;
  if (output.channels_last) product = product.movedim(-1, 1);
  if (product.dim() > 2) product = product.flatten(2).sum(2);
  return 0.5 * output.channel_size * product.square().mean(0).sum().item<double>();
}

/// -sum of w H g, where the gradients carry their graph.
double grasp_of(const std::vector<at::Tensor>& weights, const std::vector<at::Tensor>& gradients) {
  at::Tensor product;
  for (const auto& gradient : gradients) {
    if (!gradient.defined() || !gradient.requires_grad()) continue;
    const at::Tensor term = (gradient.detach() * gradient).sum();
    product = product.defined() ? product + term : term;
  }
  if (!product.defined()) return 0;
  const auto hessian = torch::autograd::grad({product}, weights, {}, /*retain_graph=*/false, /*create_graph=*/false,
                                             /*allow_unused=*/true);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (hessian[i].defined()) sum -= (weights[i].detach() * hessian[i]).sum().item<double>();
  }
  return sum;
}

}  // namespace

GradientProxies gradient_proxies(const at::Tensor& loss, const std::vector<at::Tensor>& weights,
                                 const std::vector<LayerOutput>& outputs, bool with_grasp) {
  std::vector<at::Tensor> sources = weights;
  for (const auto& output : outputs) sources.push_back(output.value);
  std::vector<at::Tensor> gradients = torch::autograd::grad({loss}, sources, {}, /*retain_graph=*/with_grasp,
                                                            /*create_graph=*/with_grasp, /*allow_unused=*/true);
  GradientProxies proxies;
  {
    const at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (!gradients[i].defined()) continue;
      const at::Tensor product = gradients[i] * weights[i];
      proxies.grad_norm += gradients[i].norm().item<double>();
      proxies.snip += product.abs().sum().item<double>();
      proxies.plain += product.sum().item<double>();
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const at::Tensor& gradient = gradients[weights.size() + i];
      if (gradient.defined()) proxies.fisher += fisher_of(outputs[i], gradient);
    }
  }
  gradients.resize(weights.size());
  if (with_grasp) proxies.grasp = grasp_of(weights, gradients);
  return proxies;
}

}  // namespace flnas::proxies
