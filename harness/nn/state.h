#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace torch::nn {
class Module;
}

namespace flnas::nn {

/// Parameters, then buffers, in the order in which the model registered them.
using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

/// The model's own tensors: writing to them changes the model.
NamedTensors state_view(const torch::nn::Module& model);
/// Copies of them.
NamedTensors copy_state(const torch::nn::Module& model);
/// Copies each tensor's values into the one at the same place.
void copy_tensors(const NamedTensors& from, const NamedTensors& to);
/// Copies `state`, of a model of the same names in the same order, into the model's tensors.
void load_state(torch::nn::Module& model, const NamedTensors& state);

}  // namespace flnas::nn
