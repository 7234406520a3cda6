#include "harness/nn/model.h"

#include <fmt/format.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <filesystem>

#include "harness/base/error.h"
#include "harness/nn/architecture.h"
#include "harness/nn/autoformer.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/torchscript.h"

namespace flnas::nn {
namespace {

/// Building a model to look at it must not change the weights of the next one.
class KeepGenerator {
 public:
  KeepGenerator() : generator_(at::detail::getDefaultCPUGenerator()), state_(generator_.get_state()) {}
  ~KeepGenerator() { generator_.set_state(state_); }
  KeepGenerator(const KeepGenerator&) = delete;
  KeepGenerator& operator=(const KeepGenerator&) = delete;

 private:
  at::Generator generator_;
  torch::Tensor state_;
};

ModelEntry subnet_entry(const std::filesystem::path& file, const Json& json) {
  AutoFormer subnet = parse_autoformer(json, file.string());
  if (subnet.name.empty()) subnet.name = file.stem().string();
  return autoformer_entry(subnet);
}

ModelEntry architecture_entry(const std::filesystem::path& file) {
  if (std::filesystem::is_regular_file(file)) {
    const Json json = read_json(file);
    if (is_autoformer(json)) return subnet_entry(file, json);
  }
  const Architecture architecture = read_architecture(file);
  return {.name = architecture.name,
          .title = architecture.title.empty() ? architecture.name : architecture.title,
          .source = architecture.source.empty() ? "architecture " + file.filename().string() : architecture.source,
          .paper_parameters = std::nullopt,
          .claim = Match::kNone,
          .make = [architecture](const ModelOptions& o) { return build_classifier(architecture, o); }};
}

ModelEntry torchscript_entry(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw ConfigError(fmt::format("{}: no such TorchScript file", file.string()));
  }
  // With the extension: "resnet18.pt" of other programs is not the zoo's "resnet18".
  return {.name = file.filename().string(),
          .title = file.filename().string(),
          .source = "TorchScript " + file.filename().string(),
          .paper_parameters = std::nullopt,
          .claim = Match::kNone,
          .make = [file](const ModelOptions& o) { return load_torchscript(file, o); }};
}

}  // namespace

ModelEntry find_model(const Registry& registry, const std::string& model) {
  if (const ModelEntry* entry = registry.find(model)) return *entry;
  const std::filesystem::path file = model;
  const std::string extension = file.extension().string();
  if (extension == ".json") return architecture_entry(file);
  if (extension == ".pt" || extension == ".pth" || extension == ".ts") return torchscript_entry(file);
  if (model.find('/') != model.npos) {
    throw ConfigError(
        fmt::format("{}: not a model; give a name (see `flnas models`), an architecture .json or a "
                    "TorchScript .pt",
                    model));
  }
  return registry.at(model);
}

ModelInfo describe_model(const ModelEntry& entry, const ModelOptions& options) {
  const KeepGenerator keep;
  ModelInfo info{.name = entry.name,
                 .title = entry.title,
                 .source = entry.source,
                 .options = options,
                 .paper_parameters = entry.paper_parameters};
  const Cost cost = measure_cost(*entry.make(options), options.size);
  info.parameters = cost.parameters;
  info.macs = cost.macs;
  if (entry.paper_parameters) {
    const bool at_paper = options.classes == kPaperGeometry.classes && options.size == kPaperGeometry.size;
    const std::int64_t count = at_paper ? cost.parameters : count_parameters(*entry.make(kPaperGeometry));
    if (count == *entry.paper_parameters) info.match = entry.claim;
  }
  return info;
}

Json to_json(const ModelInfo& info) {
  return {{"name", info.name},
          {"title", info.title},
          {"source", info.source},
          {"classes", info.options.classes},
          {"input", {3, info.options.size, info.options.size}},
          {"parameters", info.parameters},
          {"macs", info.macs},
          {"paper_parameters", info.paper_parameters ? Json(*info.paper_parameters) : Json()},
          {"match", to_string(info.match)}};
}

}  // namespace flnas::nn
