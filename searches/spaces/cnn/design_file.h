#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::searches {

/// Writes a design as an architecture's .json, which is a MODEL of the command line, and as PyTorch's source beside it
/// (.py, at these classes and this image size). `source`: "flnas search, nsga2, seed 1, d012".
void write_design(const std::filesystem::path& file, const std::string& title, const Json& design,
                  const std::string& source, const nn::ModelOptions& options);

}  // namespace flnas::searches
