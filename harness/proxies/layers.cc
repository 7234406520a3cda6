#include "harness/proxies/layers.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

namespace flnas::proxies {

std::vector<at::Tensor> layer_weights(const torch::nn::Module& module) {
  std::vector<at::Tensor> weights;
  for (const auto& child : module.modules(/*include_self=*/false)) {
    if (const auto* conv = child->as<torch::nn::Conv2dImpl>()) weights.push_back(conv->weight);
    if (const auto* linear = child->as<torch::nn::LinearImpl>()) weights.push_back(linear->weight);
  }
  return weights;
}

double l2_norm(const torch::nn::Module& module) {
  const at::NoGradGuard no_grad;
  double sum = 0;
  for (const auto& weight : layer_weights(module)) sum += weight.norm().item<double>();
  return sum;
}

void remove_batch_norms(torch::nn::Module& module) {
  const at::NoGradGuard no_grad;
  for (const auto& child : module.modules(/*include_self=*/false)) {
    auto* norm = child->as<torch::nn::BatchNorm2dImpl>();
    if (norm == nullptr) continue;
    norm->weight.fill_(1);
    norm->bias.zero_();
    norm->running_mean.zero_();
    norm->running_var.fill_(1 - norm->options.eps());
  }
}

KeepState::KeepState(torch::nn::Module& module) : module_(module), was_training_(module.is_training()) {
  for (const auto& parameter : module.parameters()) copies_.emplace_back(parameter, parameter.detach().clone());
  for (const auto& buffer : module.buffers()) copies_.emplace_back(buffer, buffer.detach().clone());
}

KeepState::~KeepState() {
  for (auto& [tensor, former] : copies_) tensor.set_data(former);
  module_.train(was_training_);
}

}  // namespace flnas::proxies
