#include "harness/proxies/proxies.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/operator_observer.h"
#include "harness/proxies/flops.h"
#include "harness/proxies/gradients.h"
#include "harness/proxies/jacobian.h"
#include "harness/proxies/layers.h"
#include "harness/proxies/naswot.h"
#include "harness/proxies/synflow.h"
#include "harness/proxies/zen.h"

namespace flnas::proxies {
namespace {

using Names = std::set<std::string>;

bool any_of(const Names& asked, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) { return asked.count(name) > 0; });
}

bool is_activation(std::string_view name) {
  if (!name.empty() && name.back() == '_') name.remove_suffix(1);
  static const std::set<std::string_view> kActivations = {"relu", "relu6", "hardtanh",  "leaky_relu", "elu",
                                                          "gelu", "silu",  "hardswish", "tanh"};
  return kActivations.count(name) > 0;
}

/// What a forward pass shows beside the logits.
struct Observed {
  at::Tensor logits;
  std::vector<LayerOutput> outputs;
  std::vector<at::Tensor> activations;
};

/// The layer whose weight is among the inputs, also as a view; nullptr without one.
const at::Tensor* layer_of(c10::ArrayRef<const c10::IValue> inputs, const std::vector<at::Tensor>& weights) {
  for (const auto& input : inputs) {
    if (!input.isTensor() || !input.toTensor().defined()) continue;
    for (const auto& weight : weights) {
      if (input.toTensor().is_alias_of(weight)) return &weight;
    }
  }
  return nullptr;
}

Observed observe(nn::Classifier& model, const at::Tensor& images, const std::vector<at::Tensor>& weights,
                 const Names& asked) {
  Observed observed;
  const bool outputs = asked.count("fisher") > 0, activations = asked.count("nwot") > 0;
  const nn::OperatorObserver observer([&](const nn::OperatorCall& call) {
    const at::Tensor& output = call.outputs.front();
    if (activations && is_activation(call.name)) observed.activations.push_back(output.detach());
    if (!outputs || !output.requires_grad()) return;
    const at::Tensor* weight = layer_of(call.inputs, weights);
    if (weight == nullptr || output.is_alias_of(*weight)) return;
    observed.outputs.push_back({.value = output,
                                .channel_size = static_cast<double>(weight->numel() / weight->size(0)),
                                .channels_last = weight->dim() == 2});
  });
  observed.logits = model.forward(images);
  return observed;
}

/// d (sum of the logits) / d images, [N, D]; zeros where they do not depend on them.
at::Tensor jacobian_of(const at::Tensor& logits, const at::Tensor& images, bool keep_graph) {
  const at::Tensor gradient = torch::autograd::grad({logits.sum()}, {images}, {}, keep_graph, /*create_graph=*/false,
                                                    /*allow_unused=*/true)[0];
  return gradient.defined() ? gradient.flatten(1) : at::zeros_like(images).flatten(1);
}

/// Everything that one forward pass of the batch serves. Channels last takes half the time, but for second derivatives.
void add_batch_proxies(nn::Classifier& model, const ProxyBatch& batch, const Names& asked,
                       std::map<std::string, double>& values) {
  const bool by_images = any_of(asked, {"jacov", "epe_nas"});
  const bool by_weights = any_of(asked, {"grad_norm", "snip", "plain", "fisher", "grasp"});
  if (!by_images && !by_weights && asked.count("nwot") == 0) return;
  std::optional<at::NoGradGuard> no_grad;
  if (!by_images && !by_weights) no_grad.emplace();
  const KeepState keep(model);
  model.train();
  const std::vector<at::Tensor> weights = layer_weights(model);
  const auto format = asked.count("grasp") ? at::MemoryFormat::Contiguous : at::MemoryFormat::ChannelsLast;
  const at::Tensor images = batch.images.detach().clone(format).set_requires_grad(by_images);
  Observed observed = observe(model, images, weights, asked);
  {
    const at::NoGradGuard no_graph;
    if (asked.count("nwot")) values["nwot"] = naswot(observed.activations);
    observed.activations.clear();
  }
  if (by_images) {
    const at::Tensor jacobian = jacobian_of(observed.logits, images, by_weights);
    if (asked.count("jacov")) values["jacov"] = jacov(jacobian);
    if (asked.count("epe_nas")) values["epe_nas"] = epe_nas(jacobian, batch.labels, observed.logits.size(1));
  }
  if (by_weights) {
    const at::Tensor loss = at::cross_entropy_loss(observed.logits, batch.labels);
    const GradientProxies proxies = gradient_proxies(loss, weights, observed.outputs, asked.count("grasp") > 0);
    const std::map<std::string, double> all = {{"grad_norm", proxies.grad_norm},
                                               {"snip", proxies.snip},
                                               {"plain", proxies.plain},
                                               {"fisher", proxies.fisher},
                                               {"grasp", proxies.grasp}};
    for (const auto& [name, value] : all) {
      if (asked.count(name)) values[name] = value;
    }
  }
}

}  // namespace

const std::vector<std::string>& proxy_names() {
  static const std::vector<std::string> names = {"epe_nas", "fisher",  "flops", "grad_norm", "grasp",
                                                 "jacov",   "l2_norm", "nwot",  "params",    "plain",
                                                 "snip",    "synflow", "zen"};
  return names;
}

ProxyBatch noise_batch(std::int64_t images, std::int64_t classes, std::int64_t size, std::uint64_t seed) {
  const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  return {.images = at::randn({images, 3, size, size}, generator),
          .labels = at::randint(classes, {images}, generator, at::kLong)};
}

at::Tensor normalised(const at::Tensor& images) {
  const auto [deviation, mean] = at::std_mean(images, {0, 2, 3}, /*unbiased=*/false, /*keepdim=*/true);
  return (images - mean) / deviation.clamp_min(1e-6);
}

std::map<std::string, double> compute_proxies(nn::Classifier& model, const ProxyBatch& batch,
                                              const std::vector<std::string>& names, std::uint64_t seed) {
  for (const auto& name : names) find_name("proxy", name, proxy_names());
  const Names asked(names.begin(), names.end());
  if (layer_weights(model).empty()) {
    throw ConfigError(
        "proxies need a model with convolutions or linear layers of its own; a TorchScript file hides them: give a "
        "zoo name, a cell or an architecture .json");
  }
  std::map<std::string, double> values;
  Names by_first_derivatives = asked;
  if (by_first_derivatives.erase("grasp") > 0) add_batch_proxies(model, batch, {"grasp"}, values);
  add_batch_proxies(model, batch, by_first_derivatives, values);
  if (asked.count("l2_norm")) values["l2_norm"] = l2_norm(model);
  if (asked.count("synflow")) values["synflow"] = synflow(model, batch.images.size(-1));
  if (asked.count("zen")) values["zen"] = zen(model, batch.images.sizes(), seed);
  if (any_of(asked, {"params", "flops"})) {
    const nn::Cost cost = nn::measure_cost(model, batch.images.size(-1));
    if (asked.count("params")) values["params"] = static_cast<double>(cost.parameters) * 1e-6;
    if (asked.count("flops")) values["flops"] = millions_of_flops(cost);
  }
  return values;
}

}  // namespace flnas::proxies
