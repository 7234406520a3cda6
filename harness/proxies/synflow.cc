#include "harness/proxies/synflow.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>

#include "harness/nn/classifier.h"
#include "harness/proxies/layers.h"

namespace flnas::proxies {
namespace {

/// Module::to would also turn integer buffers, indices among them, into float64.
void make_double(torch::nn::Module& module) {
  for (auto& parameter : module.parameters()) parameter.set_data(parameter.to(at::kDouble));
  for (auto& buffer : module.buffers()) {
    if (buffer.is_floating_point()) buffer.set_data(buffer.to(at::kDouble));
  }
}

}  // namespace

double synflow(nn::Classifier& model, std::int64_t size) {
  const KeepState keep(model);
  model.eval();
  make_double(model);
  {
    const at::NoGradGuard no_grad;
    for (auto& parameter : model.parameters()) parameter.abs_();
  }
  remove_batch_norms(model);
  const std::vector<at::Tensor> weights = layer_weights(model);
  const at::Tensor logits = model.forward(at::ones({1, 3, size, size}, at::kDouble));
  const auto gradients = torch::autograd::grad({logits.sum()}, weights, {}, /*retain_graph=*/false,
                                               /*create_graph=*/false, /*allow_unused=*/true);
  double flow = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (gradients[i].defined()) flow += (weights[i].detach() * gradients[i]).abs().sum().item<double>();
  }
  return flow > 0 ? std::log(flow) : 0;
}

}  // namespace flnas::proxies
