#include "harness/proxies/zen.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <cmath>

#include "harness/nn/classifier.h"
#include "harness/nn/operator_observer.h"
#include "harness/proxies/layers.h"

namespace flnas::proxies {
namespace {

constexpr double kMixing = 1e-2;

template <class Layer>
void draw(Layer* layer, const at::Generator& generator) {
  if (layer == nullptr) return;
  layer->weight.normal_(0, 1, generator);
  if (layer->bias.defined()) layer->bias.zero_();
}

template <class Norm>
void reset(Norm* norm) {
  if (norm == nullptr || !norm->weight.defined()) return;
  norm->weight.fill_(1);
  norm->bias.zero_();
}

void draw_weights(torch::nn::Module& model, const at::Generator& generator) {
  for (const auto& child : model.modules(/*include_self=*/false)) {
    draw(child->as<torch::nn::Conv2dImpl>(), generator);
    draw(child->as<torch::nn::LinearImpl>(), generator);
    reset(child->as<torch::nn::BatchNorm2dImpl>());
    reset(child->as<torch::nn::GroupNormImpl>());
  }
}

at::Tensor last_map(nn::Classifier& model, const at::Tensor& images) {
  at::Tensor map;
  const nn::OperatorObserver observer([&](const nn::OperatorCall& call) {
    if (call.outputs.front().dim() >= 3) map = call.outputs.front();
  });
  model.forward(images);
  return map;
}

double log_batch_norm_scales(const torch::nn::Module& model) {
  double sum = 0;
  for (const auto& child : model.modules(/*include_self=*/false)) {
    const auto* norm = child->as<torch::nn::BatchNorm2dImpl>();
    if (norm != nullptr) sum += 0.5 * std::log(norm->running_var.mean().item<double>());
  }
  return sum;
}

}  // namespace

double zen(nn::Classifier& model, at::IntArrayRef shape, std::uint64_t seed) {
  const KeepState keep(model);
  const at::NoGradGuard no_grad;
  const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  model.train();
  draw_weights(model, generator);
  const auto draw_images = [&] { return at::randn(shape, generator).contiguous(at::MemoryFormat::ChannelsLast); };
  const at::Tensor images = draw_images(), noise = draw_images();
  const at::Tensor plain = last_map(model, images), mixed = last_map(model, images + noise * kMixing);
  const double distance = (plain - mixed).abs().flatten(1).sum(1).mean().item<double>();
  return std::log(distance) + log_batch_norm_scales(model);
}

}  // namespace flnas::proxies
