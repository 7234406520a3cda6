#include <fmt/format.h>

#include "harness/base/command_line.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/metrics_text.h"
#include "harness/evaluation/evaluate_file.h"

namespace flnas::cli {
namespace {

std::string metrics_text(const Json& metrics, const TableForm& form) {
  if (!metrics.contains("files")) return report_text(metrics, form);
  std::string text;
  for (const auto& report : metrics.at("files")) text += report_text(report, form) + "\n";
  return text + comparisons_text(metrics.at("comparisons"), form);
}

/// A second file to compare with, or the same as a table for a page.
std::string next_of(const MetricsRequest& request) {
  std::vector<std::string> words = command_words(request);
  if (request.predictions.size() > 1) return command_line(words) + " --format md, or --json";
  words.insert(words.begin() + 3, "OTHER.csv");
  return command_line(words) + " compares";
}

}  // namespace

void add_metrics(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "every metric, by group and with intervals, from anyone's predictions; several files are compared",
      .examples = {"flnas metrics predictions.csv",
                   "flnas metrics mine.csv --label y_true --prediction y_pred --score p \\\n"
                   "      --attributes gender,age:30:66 --positive 1 --unit patient",
                   "flnas metrics a.csv b.csv --attributes race,sex --cross race,sex --json"},
      .next = "flnas metrics A.csv B.csv compares; --format md or --json for a page or a program",
      .group = kFigures,
      .tables = true};
  add_command<MetricsRequest>(app, context, help, [](const MetricsRequest& request, const Output& output) {
    const Json metrics = evaluate_file(request);
    fmt::print("{}", output.json ? metrics.dump(2) + "\n" : metrics_text(metrics, output.tables));
    if (!output.json) print_next(next_of(request));
  });
}

}  // namespace flnas::cli
