// Every way to name a model, and its description. The only folder of nn that knows records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/nn/registry.h"
#include "harness/records/record.h"

namespace flnas::nn {

/// A cell of NAS-Bench-201 as a model of its own: "cell117", by the table's index, with the architecture string as
/// title.
ModelEntry cell_entry(const Cell& cell);

/// MODEL of the command line as an entry: a name of the registry, an architecture's .json, a TorchScript .pt (also
/// .pth, .ts), or a cell of NAS-Bench-201: cell:117, or its architecture string. Files are read when the entry is made
/// (.json) or when it builds (.pt). Throws ConfigError: unknown name (naming the nearest), no such file, invalid
/// architecture or cell.
ModelEntry find_model(const Registry& registry, const std::string& model);

/// The geometry of MODEL's hardware columns: the paper's at this size, with the number of classes of a TorchScript file
/// if it is one. Throws as find_model and load_torchscript do.
ModelOptions hardware_geometry(const Registry& registry, const std::string& model,
                               std::int64_t size = kPaperGeometry.size);

/// The description of a model in records and `flnas models`. Parameters and MACs (also at the paper's geometry, to
/// compare with Table I) are counted by shapes only (shapes_only.h), in a few milliseconds; libtorch's CPU generator is
/// not changed.
ModelInfo describe_model(const ModelEntry& entry, const ModelOptions& options);

/// The listing of `flnas models`.
struct ModelsRequest {
  static constexpr char kCommand[] = "flnas models";
  std::vector<std::string> models;  ///< as find_model reads them; none: those of Table I
  ModelOptions options;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("model", self.models,
          "names, cell:INDEX, or files: architecture .json, nn.Sequential .py, TorchScript .pt (default: Table I's)",
          {.value = "MODEL", .positional = true});
    visit("classes", self.options.classes, "outputs", {.value = "N"});
    visit("size", self.options.size, "images are 3 x SIZE x SIZE", {.value = "PIXELS"});
  }
};

/// Each model, described; `listed`: those that are meant where none is named. Throws as find_model does.
std::vector<ModelInfo> describe_models(const ModelsRequest& request, const Registry& registry,
                                       const std::vector<std::string>& listed);

}  // namespace flnas::nn
