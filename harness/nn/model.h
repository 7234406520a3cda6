#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::nn {

/// MODEL of the command line as an entry: a name of the registry, an architecture's .json, or a TorchScript .pt
/// (also .pth, .ts). Files are read when the entry is made (.json) or when it builds (.pt).
/// Throws ConfigError: unknown name (naming the nearest), no such file, invalid architecture.
ModelEntry find_model(const Registry& registry, const std::string& model);

/// What a model is, as records and `flnas models` show it.
struct ModelInfo {
  std::string name, title, source;
  ModelOptions options;
  std::int64_t parameters = 0;
  std::int64_t macs = 0;  ///< one image
  std::optional<std::int64_t> paper_parameters;
  Match match = Match::kNone;
};

/// Builds the model (and, to compare with Table I, once more at the paper's geometry), counts, and leaves
/// libtorch's CPU generator as it was.
ModelInfo describe_model(const ModelEntry& entry, const ModelOptions& options);

/// {name, title, source, classes, input, parameters, macs, paper_parameters, match}; an absent count is null.
Json to_json(const ModelInfo& info);

}  // namespace flnas::nn
