#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/metrics_text.h"
#include "harness/evaluation/evaluate_file.h"

namespace flnas::cli {
namespace {

std::string metrics_text(const Json& metrics, bool wide) {
  if (!metrics.contains("files")) return report_text(metrics, wide);
  std::string text;
  for (const auto& report : metrics.at("files")) text += report_text(report, wide) + "\n";
  return text + comparisons_text(metrics.at("comparisons"));
}

}  // namespace

void add_metrics(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "every metric, by group and with intervals, from anyone's predictions; several files are compared",
      .examples = {"flnas metrics predictions.csv",
                   "flnas metrics mine.csv --label y_true --prediction y_pred --score p \\\n"
                   "      --attributes gender,age:30:66 --positive 1 --unit patient",
                   "flnas metrics a.csv b.csv --attributes race,sex --cross race,sex --json"},
      .next = "flnas pareto POINTS.csv compares several models by their metrics",
      .group = kFigures,
      .wide = true};
  add_command<MetricsRequest>(app, context, help, [](const MetricsRequest& request, const Output& output) {
    const Json metrics = evaluate_file(request);
    fmt::print("{}", output.json ? metrics.dump(2) + "\n" : metrics_text(metrics, output.wide));
  });
}

}  // namespace flnas::cli
