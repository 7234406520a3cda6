#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/cli/commands.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/train/predict.h"

namespace flnas::cli {
namespace {

struct EvaluateArguments {
  std::string model;
  DataSource data;
  std::string subset = "test";
  std::string out;
  TrainConfig config;  ///< task, size, device, threads: from the run where there is one
};

/// The file with the weights; a run's folder also says for which task and size they were trained.
std::filesystem::path weights_of(EvaluateArguments& arguments) {
  const std::filesystem::path path = arguments.model;
  if (std::filesystem::is_directory(path)) {
    const RunRecord record = read_run(path);
    arguments.config.task = record.data.task;
    arguments.config.size = static_cast<int>(record.model.input.at(1));
    if (!std::filesystem::exists(path / "model.pt")) {
      throw ConfigError(fmt::format("{}: the run has no model.pt ({}); finish it with: {}", path.string(),
                                    record.reason.empty() ? "weights were not kept" : record.reason, record.command));
    }
    return path / "model.pt";
  }
  if (path.extension() != ".pt" && path.extension() != ".pth" && path.extension() != ".ts") {
    throw ConfigError(
        fmt::format("'{}' is neither a run's folder nor a TorchScript .pt: it has no trained weights; "
                    "train it first (flnas train)",
                    arguments.model));
  }
  return path;
}

void run(EvaluateArguments arguments) {
  const auto weights = weights_of(arguments);
  require_valid(arguments.config.problems());
  const DeviceSetup setup = use_device(effective_config(arguments.config));
  const bool whole = arguments.data.split.empty();
  const RunData data(arguments.data, arguments.config.task, arguments.config.size);
  const nn::ModelOptions options{.classes = static_cast<std::int64_t>(data.task().classes.size()),
                                 .size = arguments.config.size};
  const auto model = nn::load_torchscript(weights, options);
  place(*model, setup);
  Predictions predictions = predict(*model, data, whole ? "test" : arguments.subset, setup);
  if (whole) {
    for (auto& row : predictions.rows) row.subset = "all";
  }
  write_predictions(arguments.out, predictions);
  if (whole) {
    fmt::print(stderr,
               "note: without --split all {} images are evaluated, those that the model was trained on among them; "
               "--split FILE takes its test images alone\n",
               predictions.rows.size());
  }
  fmt::print("{}: {} predictions; see `flnas metrics {}`\n", arguments.out, predictions.rows.size(), arguments.out);
}

}  // namespace

void add_evaluate(CLI::App& app, int&) {
  auto* command = app.add_subcommand("evaluate", "write a trained model's predictions");
  auto arguments = std::make_shared<EvaluateArguments>();
  command->add_option("model", arguments->model, "a run's folder or a TorchScript .pt")
      ->required()
      ->option_text("RUN|MODEL");
  command->add_option("--data", arguments->data.folder, "folder with the images and their tables")->required();
  command->add_option("--split", arguments->data.split, "without it, all images are evaluated");
  command->add_option("--subset", arguments->subset, "train, validation or test")->capture_default_str();
  command->add_option("--out", arguments->out, "the predictions' .csv")->required();
  command->add_option("--adapter", arguments->data.adapter, "data set: a known name or an adapter .json")
      ->capture_default_str();
  command->add_option("--task", arguments->config.task, "for a .pt: isic8 or binary")->capture_default_str();
  command->add_option("--size", arguments->config.size, "for a .pt: side of its input")->capture_default_str();
  command->add_option("--device", arguments->config.device, "auto, cpu or cuda")->capture_default_str();
  command->add_option("--precision", arguments->config.precision, "auto, float32 or bfloat16")->capture_default_str();
  command->add_option("--threads", arguments->config.threads, "CPU threads; 0: one per core")->capture_default_str();
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
