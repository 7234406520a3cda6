#include "harness/nn/state.h"

#include <ATen/core/grad_mode.h>
#include <torch/nn/module.h>

namespace flnas::nn {

NamedTensors state_view(const torch::nn::Module& model) {
  NamedTensors state;
  for (const auto& item : model.named_parameters()) state.emplace_back(item.key(), item.value().detach());
  for (const auto& item : model.named_buffers()) state.emplace_back(item.key(), item.value());
  return state;
}

NamedTensors copy_state(const torch::nn::Module& model) {
  NamedTensors state = state_view(model);
  for (auto& [name, tensor] : state) tensor = tensor.clone();
  return state;
}

void copy_tensors(const NamedTensors& from, const NamedTensors& to) {
  const at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < to.size(); ++i) to[i].second.copy_(from[i].second);
}

void load_state(torch::nn::Module& model, const NamedTensors& state) { copy_tensors(state, state_view(model)); }

}  // namespace flnas::nn
