#pragma once

#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/nn/registry.h"

namespace flnas::study {

/// The request of `flnas export`: a network as a file for other programs.
struct ExportRequest {
  static constexpr char kCommand[] = "flnas export";
  std::string model;  ///< a run's folder (its trained weights), or a model (random weights by `seed`)
  std::filesystem::path out;
  std::string format = "torchscript";
  nn::ModelOptions options;  ///< of a model; a run has its own
  std::uint64_t seed = 1;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit(
        "model", self.model,
        "a run's folder; or, with random weights, a name (flnas models), an architecture .json or an nn.Sequential .py",
        {.value = "RUN|MODEL", .positional = true, .required = true});
    visit("out", self.out, "file to write", {.value = "FILE", .required = true});
    visit("format", self.format, "ONNX needs Python: torch.onnx.export of the PyTorch source (flnas models --pytorch)",
          {.value = "torchscript"});
    visit("classes", self.options.classes, "of a model without a run: outputs", {.value = "N"});
    visit("size", self.options.size, "of a model without a run: side of its input", {.value = "PIXELS"});
    visit("seed", self.seed, "of a model without a run: its random weights", {.value = "N"});
  }
};

/// What was written.
struct ExportedModel {
  std::string name;
  nn::ModelOptions options;
  bool trained = false;
};

/// Writes the network, whole or not at all, for images [N, 3, size, size] in [0, 1] -> logits [N, classes].
/// Throws ConfigError for another format, a run without weights or an unknown model; IoError.
ExportedModel export_model(const ExportRequest& request, const nn::Registry& registry);

}  // namespace flnas::study
