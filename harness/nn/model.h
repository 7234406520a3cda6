#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/nn/registry.h"

namespace flnas::nn {

/// A cell of NAS-Bench-201 as a model of its own: "cell117", by the table's index, with the architecture string as
/// title.
ModelEntry cell_entry(const Cell& cell);

/// MODEL of the command line as an entry: a name of the registry, an architecture's .json, a TorchScript .pt (also
/// .pth, .ts), or a cell of NAS-Bench-201: cell:117, or its architecture string. Files are read when the entry is made
/// (.json) or when it builds (.pt). Throws ConfigError: unknown name (naming the nearest), no such file, invalid
/// architecture or cell.
ModelEntry find_model(const Registry& registry, const std::string& model);

/// The geometry of MODEL's hardware columns: the paper's at this size, but for a TorchScript file, which has the
/// classes that it has. Throws as find_model and load_torchscript do.
ModelOptions hardware_geometry(const Registry& registry, const std::string& model,
                               std::int64_t size = kPaperGeometry.size);

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
