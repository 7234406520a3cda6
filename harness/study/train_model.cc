#include "harness/study/train_model.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/command_line.h"
#include "harness/nn/classifier.h"
#include "harness/nn/keep_generator.h"
#include "harness/nn/models/model.h"
#include "harness/nn/weights/weights.h"
#include "harness/runs/run.h"
#include "harness/study/run_weights.h"

namespace flnas::study {
namespace {

/// Makes the run start from the weights in `file`; throws where they do not fit. Rows of a table are standardised
/// anyway.
void start_from(RunRequest& run, const std::filesystem::path& file, bool table) {
  const auto weights = std::make_shared<const nn::NamedTensors>(nn::read_weights(file));
  if (!table && nn::has_input_statistics(*weights) && run.config.inputs != "standardised") {
    throw ConfigError(fmt::format("{}: was trained on standardised inputs; give --inputs standardised", file.string()));
  }
  run.sources["weights"] = file;
  run.make = [make = run.make, weights, where = file.string(), name = run.model.name] {
    auto model = make();
    nn::load_weights(*model, *weights, where, name);
    return model;
  };
  const nn::KeepGenerator keep;
  run.make();
}

}  // namespace

RunRecord train_model(const TrainRequest& request, const nn::Registry& registry) {
  require_valid(request.config.problems());
  if (request.min_support < 0) throw ConfigError("--min-support must not be negative");
  find_name("subset", request.subset, {"train", "validation", "test"});
  const nn::ModelEntry entry = nn::find_model(registry, request.model);
  const Adapter adapter = load_adapter(request.data.adapter, request.data.folder);
  const Task& task = task_of_data(adapter, request.config.task);
  const auto classes = static_cast<std::int64_t>(task.classes.size());
  const nn::ModelOptions options{.classes = classes, .size = request.config.size, .columns = adapter.columns()};

  RunRequest run;
  run.model = nn::describe_model(entry, options);
  if (!request.name.empty()) run.model.name = run.model.title = request.name;
  if (!request.title.empty()) run.model.title = request.title;
  run.make = [&] { return entry.make(options); };
  run.config = request.config;
  run.config.task = task.name;
  run.data = request.data;
  run.out = request.out;
  run.subset = request.subset;
  run.min_support = request.min_support;
  run.command = command_of(request);
  run.limits = request.limits;
  if (registry.find(request.model) == nullptr && std::filesystem::is_regular_file(request.model)) {
    run.sources["model"] = request.model;
  }
  if (!request.init.empty()) {
    start_from(run, std::filesystem::is_directory(request.init) ? run_weights(request.init).file : request.init,
               adapter.is_table());
  }
  return run_training(run);
}

}  // namespace flnas::study
