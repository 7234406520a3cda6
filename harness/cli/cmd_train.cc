#include <fmt/format.h>

#include <memory>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/cli/commands.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/options.h"
#include "harness/evaluation/evaluate.h"
#include "harness/nn/model.h"
#include "harness/train/run.h"

namespace flnas::cli {
namespace {

struct TrainArguments {
  std::string model;
  std::string name;
  DataSource data;
  std::string out;
  std::string subset = "test";
  TrainConfig config;
};

std::string repeat(const TrainArguments& arguments) {
  std::vector<std::string> words = {"flnas",
                                    "train",
                                    arguments.model,
                                    "--data",
                                    arguments.data.folder.string(),
                                    "--split",
                                    arguments.data.split.string(),
                                    "--out",
                                    arguments.out};
  if (arguments.data.adapter != DataSource{}.adapter) words.insert(words.end(), {"--adapter", arguments.data.adapter});
  if (!arguments.name.empty()) words.insert(words.end(), {"--name", arguments.name});
  if (arguments.subset != "test") words.insert(words.end(), {"--subset", arguments.subset});
  for (auto& flag : arguments_of(arguments.config)) words.push_back(std::move(flag));
  return command_line(words);
}

void run(const TrainArguments& arguments) {
  require_valid(arguments.config.problems());
  find_name("subset", arguments.subset, {"train", "validation", "test"});
  const nn::ModelEntry entry = nn::find_model(named_models(), arguments.model);
  const Adapter adapter = load_adapter(arguments.data.adapter);
  const auto classes = static_cast<std::int64_t>(adapter.task(arguments.config.task).classes.size());
  const nn::ModelOptions options{.classes = classes, .size = arguments.config.size};

  RunRequest request;
  request.model = record_from_json<ModelInfo>(nn::to_json(nn::describe_model(entry, options)), "model");
  if (!arguments.name.empty()) request.model.name = request.model.title = arguments.name;
  request.make = [&] { return entry.make(options); };
  request.config = arguments.config;
  request.data = arguments.data;
  request.out = arguments.out;
  request.subset = arguments.subset;
  request.command = repeat(arguments);
  const RunRecord record = run_training(request);
  fmt::print("{}: {} after {} epochs (best {}); {}\n", shown_name(record.model), record.status,
             record.training->epochs_run, record.training->best_epoch, arguments.out);
  fmt::print("{}", metrics_text(record.metrics));
}

}  // namespace

void add_train(CLI::App& app, int&) {
  auto* command = app.add_subcommand("train", "train one model in a run's folder, or continue there");
  auto arguments = std::make_shared<TrainArguments>();
  command->add_option("model", arguments->model, "a zoo name, an architecture .json or a TorchScript .pt")
      ->required()
      ->option_text("MODEL");
  command->add_option("--data", arguments->data.folder, "folder with the images and their tables")->required();
  command->add_option("--split", arguments->data.split, "file that `flnas dataset split` wrote")->required();
  command->add_option("--out", arguments->out, "the run's folder")->required();
  command->add_option("--name", arguments->name, "what records and reports call the model (default: its own name)");
  command->add_option("--adapter", arguments->data.adapter, "data set: a known name or an adapter .json")
      ->capture_default_str();
  command->add_option("--subset", arguments->subset, "of the predictions and metrics: train, validation or test")
      ->capture_default_str();
  add_options(*command, arguments->config);
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
