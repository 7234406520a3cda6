#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/state.h"

namespace flnas {
class Adam;

/// What is learned so far, as views or copies of the tensors.
struct LearnedState {
  nn::NamedTensors model;
  nn::NamedTensors best;     ///< of the epoch that is kept so far
  nn::NamedTensors average;  ///< averaged weights; empty without them
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
