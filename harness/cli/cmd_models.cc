#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/progress.h"
#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/model_registry.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/nn/model.h"
#include "searches/spaces/cnn/searched_models.h"

namespace flnas::cli {
namespace {

struct ModelsCommand {
  std::vector<std::string> models;
  nn::ModelOptions options;
  bool json = false;
  bool pytorch = false;
};

std::string count(const std::optional<std::int64_t>& value) { return value ? with_thousands(*value) : "-"; }

void print_table(const std::vector<nn::ModelInfo>& infos) {
  std::vector<std::array<std::string, 6>> rows = {{"model", "parameters", "MACs", "Table I", "match", "source"}};
  for (const auto& info : infos) {
    rows.push_back({info.name, with_thousands(info.parameters), with_thousands(info.macs), count(info.paper_parameters),
                    nn::to_string(info.match), info.source});
  }
  std::array<std::size_t, 6> widths{};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const auto& row : rows) {
    fmt::print("{:<{}}  {:>{}}  {:>{}}  {:>{}}  {:<{}}  {}\n", row[0], widths[0], row[1], widths[1], row[2], widths[2],
               row[3], widths[3], row[4], widths[4], row[5]);
  }
}

/// Only what is described by an architecture can be written as PyTorch.
nn::Architecture architecture_of(const std::string& model) {
  if (std::filesystem::path(model).extension() == ".json") return nn::read_architecture(model);
  if (auto architecture = searches::searched_architecture(model)) return std::move(*architecture);
  throw ConfigError(
      fmt::format("--pytorch: '{}' is not described by an architecture; give search1, search2, search3 or "
                  "an architecture .json",
                  model));
}

void print_pytorch(const ModelsCommand& command) {
  if (command.models.size() != 1 || command.json) {
    throw ConfigError("--pytorch prints one model: give one name or architecture .json, without --json");
  }
  fmt::print("{}", nn::pytorch_source(architecture_of(command.models[0]), command.options));
}

/// The names that the listing leaves out.
std::vector<std::string> other_names(const nn::Registry& registry) {
  std::vector<std::string> names = registry.names();
  names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(all_models().names().size()));
  return names;
}

void run(const ModelsCommand& command) {
  if (command.pytorch) return print_pytorch(command);
  const nn::Registry registry = named_models();
  const std::vector<std::string> names = command.models.empty() ? all_models().names() : command.models;
  std::vector<nn::ModelEntry> entries;
  for (const auto& name : names) entries.push_back(nn::find_model(registry, name));
  std::vector<nn::ModelInfo> infos;
  {
    Progress progress("models", static_cast<std::int64_t>(entries.size()));
    for (const auto& entry : entries) {
      progress.update(static_cast<std::int64_t>(infos.size()), entry.name);
      infos.push_back(nn::describe_model(entry, command.options));
    }
  }
  if (!command.json) {
    print_table(infos);
    fmt::print(
        "\nFor {} classes and one image of 3x{}x{}. match: the count at 2 classes and 224 px against Table I's.\n",
        command.options.classes, command.options.size, command.options.size);
    if (command.models.empty()) fmt::print("By name also: {}.\n", fmt::join(other_names(registry), ", "));
    return;
  }
  Json list = Json::array();
  for (const auto& info : infos) list.push_back(nn::to_json(info));
  fmt::print("{}\n", list.dump(2));
}

}  // namespace

void add_models(CLI::App& app, int&) {
  auto command = std::make_shared<ModelsCommand>();
  CLI::App* sub = app.add_subcommand("models", "List the models: source, parameters, MACs, match with the paper");
  sub->add_option("MODEL", command->models,
                  "Names, architecture .json or TorchScript .pt files; default: Table I's models");
  sub->add_option("--classes", command->options.classes, "Outputs")->capture_default_str();
  sub->add_option("--size", command->options.size, "Images are 3 x SIZE x SIZE")->capture_default_str();
  sub->add_flag("--json", command->json, "A JSON array on stdout");
  sub->add_flag("--pytorch", command->pytorch,
                "The PyTorch source of one searched model or architecture .json on stdout");
  sub->callback([command] { run(*command); });
}

}  // namespace flnas::cli
