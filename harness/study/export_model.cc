#include "harness/study/export_model.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/classifier.h"
#include "harness/nn/models/model.h"
#include "harness/nn/torchscript.h"
#include "harness/study/run_weights.h"

namespace flnas::study {

ExportedModel export_model(const ExportRequest& request, const nn::Registry& registry) {
  if (request.format == "onnx") {
    throw ConfigError("--format onnx: needs Python; export to TorchScript here, and from there with torch.onnx.export");
  }
  find_name("format", request.format, {"torchscript"});
  ExportedModel exported{.options = request.options, .trained = std::filesystem::is_directory(request.model)};
  std::shared_ptr<nn::Classifier> model;
  if (exported.trained) {
    const RunWeights run = run_weights(request.model);
    exported.name = run.record.model.name;
    exported.options = {.classes = run.record.model.classes, .size = run.size()};
    if (run.size() == 0) exported.options.columns = kept_adapter(request.model, run.record.data.adapter).columns();
    model = nn::load_torchscript(run.file, exported.options);
  } else {
    const nn::ModelEntry entry = nn::find_model(registry, request.model);
    exported.name = entry.name;
    torch::manual_seed(request.seed);
    model = entry.make(exported.options);
  }
  nn::save_torchscript(*model, exported.options, request.out);
  return exported;
}

}  // namespace flnas::study
