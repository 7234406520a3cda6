#include "searches/session/spaces.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/autoformer/autoformer.h"
#include "searches/problem/objective_settings.h"
#include "searches/proxies/proxy_settings.h"
#include "searches/spaces/autoformer/subnet_networks.h"
#include "searches/spaces/cnn/cnn_networks.h"
#include "searches/spaces/cnn/cnn_settings.h"
#include "searches/spaces/mlp/mlp_training.h"
#include "searches/spaces/nas_bench_201/cell_networks.h"
#include "searches/spaces/nas_bench_201/tables/table_problems.h"
#include "searches/training/training_problem.h"
#include "searches/training/training_settings.h"

namespace flnas::searches {
namespace {

/// All fields of a training but the seed, which is the search's.
std::vector<std::string> training_fields() {
  const TrainConfig usual;
  std::vector<std::string> fields;
  TrainConfig::for_each_field(usual, [&](const std::string& name, const auto&, const char*) {
    if (name != "seed") fields.push_back(name);
  });
  return fields;
}

std::vector<SpaceEntry> make_entries() {
  std::vector<SpaceEntry> entries = {
      {.name = "cnn",
       .holds = "small convolutional networks for images (FL-NAS)",
       .evaluators = {{.name = kTrain,
                       .settings = OwnSettings::with<DataSettings, CnnSettings, ChoicesSettings, TrainingSettings,
                                                     CnnTrainingSettings, ObjectiveSettings>(),
                       .training = training_fields(),
                       .needs = "--data DIR --split FILE",
                       .where = "`flnas dataset split` writes the split; without images take --evaluator proxies",
                       .has_needs = has_split_data,
                       .budget = 10,
                       .attempts = 10,
                       .open = open_cnn_training},
                      {.name = kProxies,
                       .settings = OwnSettings::with<DataSettings, CnnSettings, ChoicesSettings, ProxySettings>(),
                       .training = {"task", "size", "threads"},
                       .needs = "both of --data DIR and --split FILE, or neither",
                       .where = "`flnas dataset split` writes the split",
                       .has_needs = has_images_or_none,
                       .open = open_cnn_networks}},
       .recorded = recorded_cnn_space,
       .suits = is_on_images},
      {.name = "mlp",
       .holds = "multilayer perceptrons for tables",
       .evaluators = {{.name = kTrain,
                       .settings =
                           OwnSettings::with<DataSettings, ChoicesSettings, TrainingSettings, ObjectiveSettings>(),
                       .training = training_fields(),
                       .needs = "--data DIR",
                       .where =
                           "`flnas dataset fetch compas` brings a table, `flnas dataset synth --kind table` draws one",
                       .has_needs = has_data,
                       .budget = 10,
                       .attempts = 10,
                       .open = open_mlp_training}},
       .suits = is_on_table},
      {.name = "nas_bench_201",
       .holds = "the 15,625 cells of NAS-Bench-201",
       .evaluators = {{.name = kTable,
                       .settings = OwnSettings::with<TableSettings, CellSettings>(),
                       .training = {},
                       .needs = "--tables DIR",
                       .where =
                           "datasets/nas/README.md says where to get them; without tables take --evaluator proxies",
                       .has_needs = has_tables,
                       .budget = 500,
                       .open = open_tables},
                      {.name = kProxies,
                       .settings = OwnSettings::with<CellSettings, ProxySettings>(),
                       .training = {"threads"},
                       .needs = {},
                       .where = {},
                       .open = open_cell_networks}},
       .recorded = recorded_cell_space}};
  for (const auto& space : nn::autoformer_spaces()) {
    entries.push_back({.name = space.name,
                       .holds = "vision transformers (AutoFormer)",
                       .evaluators = {{.name = kProxies,
                                       .settings = OwnSettings::with<ProxySettings, SubnetSettings>(),
                                       .training = {"size", "threads"},
                                       .needs = {},
                                       .where = {},
                                       .open = open_subnet_networks}},
                       .recorded = recorded_subnet_space});
  }
  return entries;
}

template <class Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}

}  // namespace

const std::vector<SpaceEntry>& space_entries() {
  static const std::vector<SpaceEntry> entries = make_entries();
  return entries;
}

const SpaceEntry& find_space(const std::string& name) {
  return space_entries()[find_name("space", name, names_of(space_entries()))];
}

const EvaluatorEntry& find_evaluator(const SpaceEntry& space, const std::string& name) {
  if (name.empty()) return space.evaluators.front();
  const auto own = names_of(space.evaluators);
  if (const auto found = std::find(own.begin(), own.end(), name); found != own.end()) {
    return space.evaluators[static_cast<std::size_t>(found - own.begin())];
  }
  std::vector<std::string> all;
  for (const SpaceEntry& other : space_entries()) {
    for (const auto& evaluator : names_of(other.evaluators)) {
      if (std::find(all.begin(), all.end(), evaluator) == all.end()) all.push_back(evaluator);
    }
  }
  find_name("--evaluator", name, all);
  throw ConfigError(
      fmt::format("--evaluator {}: space {} is evaluated by {}", name, space.name, fmt::join(own, " or ")));
}

}  // namespace flnas::searches
