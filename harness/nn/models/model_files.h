#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/nn/registry.h"

namespace flnas::nn {

/// Reads models from files of one kind, beside those that find_model() reads itself.
struct ModelFiles {
  std::string extension;  ///< ".py"
  std::function<ModelEntry(const std::filesystem::path&)> read;
};

/// Those kinds; empty until the program that knows them adds them (harness/cli/model_registry.cc).
std::vector<ModelFiles>& model_files();

}  // namespace flnas::nn
