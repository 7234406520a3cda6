#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/json.h"

namespace torch::nn {
class Module;
}

namespace flnas {
class Adam;

/// Parameters, then buffers, in the order in which the model registered them.
using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

/// The model's own tensors: writing to them changes the model.
NamedTensors state_view(const torch::nn::Module& model);
/// Copies of them.
NamedTensors copy_state(const torch::nn::Module& model);
/// Copies each tensor's values into its namesake.
void copy_tensors(const NamedTensors& from, const NamedTensors& to);
/// Copies `state` into the model's tensors.
void load_state(torch::nn::Module& model, const NamedTensors& state);

/// What is learned so far, as views or copies of the tensors.
struct LearnedState {
  NamedTensors model;
  NamedTensors best;     ///< of the epoch that is kept so far
  NamedTensors average;  ///< averaged weights; empty without them
};

/// Writes a checkpoint whole or not at all: libtorch's archive, and after it the SHA-256 of its bytes. Throws IoError.
void write_checkpoint(const std::filesystem::path& file, const Json& meta, const LearnedState& state,
                      const Adam& optimizer);

/// Reads one into the given tensors and the optimiser, and returns its meta data. Throws ConfigError where
/// meta.config is not `config` or a tensor's name or shape differs, DataError where the file is damaged or its bytes
/// are not those of its digest.
Json read_checkpoint(const std::filesystem::path& file, const std::string& config, const LearnedState& state,
                     Adam& optimizer, const c10::Device& device);

}  // namespace flnas
