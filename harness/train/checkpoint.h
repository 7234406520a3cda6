#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/state.h"

namespace flnas {
class Adam;

/// The tensors of a checkpoint, as views or copies.
struct LearnedState {
  nn::NamedTensors model;
  nn::NamedTensors best;     ///< of the best epoch so far
  nn::NamedTensors average;  ///< averaged weights; empty without them
};

/// Writes a checkpoint whole or not at all: libtorch's archive, and after it the SHA-256 of its bytes. Throws IoError.
void write_checkpoint(const std::filesystem::path& file, const Json& meta, const LearnedState& state,
                      const Adam& optimizer);

/// Reads a checkpoint into the given tensors and the optimiser, and returns its meta data. Throws ConfigError if
/// meta.config is not `config` or a tensor's name or shape differs, DataError if the file is damaged or does not match
/// its digest.
Json read_checkpoint(const std::filesystem::path& file, const std::string& config, const LearnedState& state,
                     Adam& optimizer, const c10::Device& device);

}  // namespace flnas
