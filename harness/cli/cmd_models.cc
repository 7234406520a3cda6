#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/nn/models/model.h"
#include "searches/spaces/cnn/models/searched_models.h"

namespace flnas::cli {
namespace {

std::string count(const std::optional<std::int64_t>& value) { return value ? with_thousands(*value) : "-"; }

/// Whether any stands for a row of Table I.
bool any_of_paper(const std::vector<ModelInfo>& models) {
  return std::ranges::any_of(models, [](const ModelInfo& model) { return model.paper_parameters.has_value(); });
}

std::string models_text(const std::vector<ModelInfo>& models, const TableForm& form) {
  const bool of_paper = any_of_paper(models);
  std::vector<TextRow> rows = {{"model", "parameters", "MACs"}};
  if (of_paper) rows[0].insert(rows[0].end(), {"Table I", "match"});
  if (form.is_whole()) rows[0].insert(rows[0].end(), {"title", "source"});
  for (const auto& model : models) {
    TextRow& cells = rows.emplace_back(TextRow{model.name, count(model.parameters), count(model.macs)});
    if (of_paper) cells.insert(cells.end(), {count(model.paper_parameters), model.match});
    if (form.is_whole()) cells.insert(cells.end(), {model.title, model.source});
  }
  return show_table(rows, of_paper ? "lrrr" : "lrr", form);
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

void print_pytorch(const nn::ModelsRequest& request) {
  if (request.models.size() != 1) throw ConfigError("--pytorch prints one model: give one name or architecture .json");
  fmt::print("{}", nn::pytorch_source(architecture_of(request.models[0]), request.options));
  print_next("save it as a .py: flnas train FILE.py trains it, Python runs it");
}

void print_models(const nn::ModelsRequest& request, const Output& output) {
  const nn::Registry registry = known_models();
  const std::vector<std::string> listed = table_one_models().names();
  const std::vector<ModelInfo> models = nn::describe_models(request, registry, listed);
  if (output.json) {
    Json list = Json::array();
    for (const auto& model : models) list.push_back(record_to_json(model));
    fmt::print("{}\n", list.dump(2));
    return;
  }
  fmt::print("{}\nFor {} classes and one image of 3x{}x{}.\n", models_text(models, output.tables),
             request.options.classes, request.options.size, request.options.size);
  if (any_of_paper(models)) fmt::print("match: parameters at 2 classes and 224 px against Table I.\n");
  if (!request.models.empty()) {
    return print_next(
        fmt::format("flnas train {} --data DIR --split split.json --out RUN", shell_quote(request.models.front())));
  }
  std::vector<std::string> others = registry.names();
  std::erase_if(others, [&](const std::string& name) { return std::ranges::find(listed, name) != listed.end(); });
  fmt::print("{}\n", wrap(fmt::format("Also by name: {}.", fmt::join(others, ", ")), 0, 2));
  print_next("flnas train MODEL --data DIR --split split.json --out RUN");
}

}  // namespace

void add_models(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "list the models: parameters, MACs, match with the paper",
                         .examples = {"flnas models", "flnas models resnet18 mine.json --classes 8 --size 128 --wide",
                                      "flnas models search3 --pytorch > search3.py"},
                         .next = "flnas train MODEL, or flnas proxies MODEL",
                         .group = kModels,
                         .tables = true};
  const auto pytorch = std::make_shared<bool>(false);
  CLI::App& command = add_command<nn::ModelsRequest>(
      app, context, help, [pytorch](const nn::ModelsRequest& request, const Output& output) {
        *pytorch ? print_pytorch(request) : print_models(request, output);
      });
  command.add_flag("--pytorch", *pytorch, "print the PyTorch source of one searched model or architecture .json")
      ->excludes("--json");
}

}  // namespace flnas::cli
