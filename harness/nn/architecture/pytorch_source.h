#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/nn/architecture/architecture.h"

namespace flnas::nn {

/// An architecture as a Python file for people to read and run with nothing but torch: one class with one
/// nn.Sequential, images [N, 3, size, size] -> logits [N, classes]. Residual stages are a class of their own in it,
/// BasicBlock. The order of parameters and buffers is that of build_classifier, so weights can be copied one by one.
/// searches/llm/reply reads the nn.Sequential back as the same architecture. Texts (title, source) cannot end the
/// docstring. Throws ConfigError if the geometry does not fit.
std::string pytorch_source(const Architecture& architecture, const ModelOptions& options);

/// The names that the layers with weights have in that nn.Sequential, in their order: "0" for the first convolution,
/// "1" for its norm, "3" for the next convolution behind an activation. Throws as pytorch_source.
std::vector<std::string> pytorch_layers(const Architecture& architecture, const ModelOptions& options);

/// Activations in the words of the JSON form and as classes of torch.nn: {"relu", "ReLU"}, ...; "none" has no class.
const std::vector<std::pair<std::string_view, std::string_view>>& torch_activations();

}  // namespace flnas::nn
