#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/nn/registry.h"

namespace flnas::nn {

/// Reads models from files of one kind, beside those that find_model() reads itself.
struct ModelFiles {
  std::string extension;  ///< ".py"
  std::function<ModelEntry(const std::filesystem::path&)> read;
  /// The outputs that a model of such a file has, whatever it is asked for; none where it has as many as are asked for.
  std::function<std::optional<std::int64_t>(const std::filesystem::path&)> outputs;
};

/// The registered kinds; empty until the program adds them (harness/cli/model_registry.cc).
std::vector<ModelFiles>& model_files();

}  // namespace flnas::nn
