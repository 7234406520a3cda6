#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "harness/nn/registry.h"

namespace flnas::searches {

/// A model from a file with an nn.Sequential in PyTorch's syntax, as read_sequential() reads it: parsed, never
/// executed; the last nn.Sequential of the file counts. Name and title are the file's without ".py". It is read anew
/// for the classes and the size that it is built for: a name or an expression in it stands for what fits. Weights by
/// the names that PyTorch gives its layers fit it (nn::load_weights). Throws ConfigError where there is no such file or
/// it is longer than kMostReplyBytes; its `make` where the layers are no architecture of harness/nn/architecture, with
/// every problem.
nn::ModelEntry sequential_file(const std::filesystem::path& file);

/// The outputs of that model, where its last Linear names a number; none where it stands for what fits. Throws as
/// sequential_file() and its `make` do.
std::optional<std::int64_t> sequential_outputs(const std::filesystem::path& file);

}  // namespace flnas::searches
