#include "harness/study/train_model.h"

#include "datasets/adapter_files.h"
#include "harness/base/command_line.h"
#include "harness/nn/models/model.h"
#include "harness/runs/run.h"

namespace flnas::study {

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
  return run_training(run);
}

}  // namespace flnas::study
