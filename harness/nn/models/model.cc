#include "harness/nn/models/model.h"

#include <fmt/format.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <charconv>
#include <filesystem>
#include <string_view>

#include "harness/base/error.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/keep_generator.h"
#include "harness/nn/mlp/mlp.h"
#include "harness/nn/models/model_files.h"
#include "harness/nn/shapes_only.h"
#include "harness/nn/torchscript.h"

namespace flnas::nn {
namespace {

ModelEntry subnet_entry(const std::filesystem::path& file, const Json& json) {
  AutoFormer subnet = parse_autoformer(json, file.string());
  if (subnet.name.empty()) subnet.name = file.stem().string();
  return autoformer_entry(subnet);
}

ModelEntry mlp_file_entry(const std::filesystem::path& file, const Json& json) {
  Mlp mlp = parse_mlp(json, file.string());
  if (!json.contains("name")) mlp.name = file.stem().string();
  return mlp_entry(mlp);
}

ModelEntry architecture_entry(const std::filesystem::path& file) {
  if (std::filesystem::is_regular_file(file)) {
    const Json json = read_json(file);
    if (is_autoformer(json)) return subnet_entry(file, json);
    if (is_mlp(json)) return mlp_file_entry(file, json);
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

constexpr std::string_view kCell = "cell:";

/// "117", or an architecture string.
Cell find_cell(const std::string& text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error == std::errc() && end == text.data() + text.size()) return cell_at(index);
  return parse_cell(text);
}

}  // namespace

ModelEntry cell_entry(const Cell& cell) {
  return {.name = fmt::format("cell{}", table_index(cell)),
          .title = to_string(cell),
          .source = "Dong and Yang, NAS-Bench-201, ICLR 2020",
          .paper_parameters = std::nullopt,
          .claim = Match::kNone,
          .make = [cell](const ModelOptions& o) { return make_cell_network(cell, o); }};
}

std::vector<ModelFiles>& model_files() {
  static std::vector<ModelFiles> kinds;
  return kinds;
}

ModelEntry find_model(const Registry& registry, const std::string& model) {
  if (const ModelEntry* entry = registry.find(model)) return *entry;
  if (model.rfind(kCell, 0) == 0) return cell_entry(find_cell(model.substr(kCell.size())));
  if (model.rfind('|', 0) == 0) return cell_entry(parse_cell(model));
  const std::filesystem::path file = model;
  if (file.extension() == ".json") return architecture_entry(file);
  if (is_torchscript(file)) return torchscript_entry(file);
  if (file.extension() == ".safetensors") {
    throw ConfigError(fmt::format(
        "{}: holds weights without a network; give the network as the model and this file as --init", model));
  }
  for (const ModelFiles& kind : model_files()) {
    if (file.extension() == kind.extension) return kind.read(file);
  }
  if (model.find('/') != model.npos) {
    throw ConfigError(
        fmt::format("{}: not a model; give a name (see `flnas models`), an architecture .json, a TorchScript "
                    ".pt, or a .py with an nn.Sequential",
                    model));
  }
  return registry.at(model);
}

ModelOptions hardware_geometry(const Registry& registry, const std::string& model, std::int64_t size) {
  ModelOptions geometry = kPaperGeometry;
  geometry.size = size;
  if (registry.find(model) != nullptr) return geometry;
  if (is_torchscript(model)) geometry.classes = torchscript_classes(model, geometry.size);
  for (const ModelFiles& kind : model_files()) {
    if (std::filesystem::path(model).extension() == kind.extension) {
      geometry.classes = kind.outputs(model).value_or(geometry.classes);
    }
  }
  return geometry;
}

ModelInfo describe_model(const ModelEntry& entry, const ModelOptions& options) {
  const KeepGenerator keep;
  const ShapesOnly shapes_only;
  ModelInfo info;
  info.name = entry.name;
  info.title = entry.title;
  info.source = entry.source;
  info.classes = static_cast<int>(options.classes);
  const auto shape = input_shape(options, 1);
  info.input.assign(shape.begin() + 1, shape.end());
  info.paper_parameters = entry.paper_parameters;
  const Cost cost = measure_cost(*entry.make(options), options);
  info.parameters = cost.parameters;
  info.macs = cost.macs;
  Match match = Match::kNone;
  if (entry.paper_parameters) {
    const bool at_paper = options.classes == kPaperGeometry.classes && options.size == kPaperGeometry.size;
    const std::int64_t count = at_paper ? cost.parameters : count_parameters(*entry.make(kPaperGeometry));
    if (count == *entry.paper_parameters) match = entry.claim;
  }
  info.match = to_string(match);
  return info;
}

std::vector<ModelInfo> describe_models(const ModelsRequest& request, const Registry& registry,
                                       const std::vector<std::string>& listed) {
  std::vector<ModelInfo> models;
  for (const auto& name : request.models.empty() ? listed : request.models) {
    models.push_back(describe_model(find_model(registry, name), request.options));
  }
  return models;
}

}  // namespace flnas::nn
