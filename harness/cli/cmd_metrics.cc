#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/evaluate_file.h"

namespace flnas::cli {

void add_metrics(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "every metric, with intervals, from anyone's predictions",
      .examples = {"flnas metrics predictions.csv", "flnas metrics mine.csv --adapter mine.json --json"},
      .next = "flnas pareto POINTS.csv compares several models by their metrics",
      .group = kFigures};
  add_command<MetricsRequest>(app, context, help, [](const MetricsRequest& request, const Output& output) {
    const Json metrics = evaluate_file(request);
    fmt::print("{}", output.json ? metrics.dump(2) + "\n" : metrics_text(metrics));
  });
}

}  // namespace flnas::cli
