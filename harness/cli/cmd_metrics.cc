#include <fmt/format.h>

#include <memory>
#include <string>

#include "harness/cli/commands.h"
#include "harness/evaluation/evaluate.h"

namespace flnas::cli {
namespace {

struct MetricsArguments {
  std::string file;
  std::string subset = "test";
  std::string adapter = "isic2019";
  bool json = false;
};

void run(const MetricsArguments& arguments) {
  const Adapter adapter = load_adapter(arguments.adapter);
  const Predictions predictions = read_predictions(arguments.file, attribute_columns(adapter));
  const Json metrics = evaluate_predictions(predictions, adapter, task_of(predictions, adapter), arguments.subset);
  if (arguments.json) {
    fmt::print("{}\n", metrics.dump(2));
  } else {
    fmt::print("{}", metrics_text(metrics));
  }
}

}  // namespace

void add_metrics(CLI::App& app, int&) {
  auto* command = app.add_subcommand("metrics", "every metric, with intervals, from anyone's predictions");
  auto arguments = std::make_shared<MetricsArguments>();
  command
      ->add_option(
          "predictions", arguments->file,
          "CSV with columns label and prediction; image, lesion, subset, sex, age and p_<class> are used where "
          "they are there")
      ->required()
      ->option_text("PREDICTIONS.csv");
  command->add_option("--subset", arguments->subset, "rows to use, where the file names more than one subset")
      ->capture_default_str();
  command->add_option("--adapter", arguments->adapter, "data set: a known name or an adapter .json")
      ->capture_default_str();
  command->add_flag("--json", arguments->json, "print JSON");
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
