#include <fmt/format.h>

#include "harness/base/command_line.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/metrics_text.h"
#include "harness/evaluation/evaluate_file.h"
#include "harness/metrics/metric_table.h"

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
  if (request.predictions.size() > 1) return "the same command with --format md for a page, or --json for a program";
  const std::vector<std::string> words = command_words(request);
  constexpr std::size_t kWithFile = 3;  // flnas metrics FILE
  return fmt::format("flnas metrics {} OTHER.csv{} compares; flnas metrics --help explains the words",
                     shell_quote(request.predictions[0]), words.size() > kWithFile ? " ..." : "");
}

/// What the names in its tables mean.
std::string words_help() {
  std::string text = "\nWords; rows are images or people, units what belongs together (a patient's):\n";
  for (const metrics::MetricInfo& metric : metrics::metric_table()) {
    if (metric.kind == metrics::Kind::kCost) continue;
    text += "  " + wrap(fmt::format("{}: {}", metric.title, metric.meaning), 2, 4) + "\n";
  }
  return text +
         "  [low, high]: 95 % interval; it allows for units of several rows\n"
         "  Acc: accuracy; TPR, FPR, TNR: true positive, false positive, true negative\n"
         "    rate; d: the difference between two groups, a pair\n"
         "  p: how often chance alone would make a difference as large; Holm: corrected\n"
         "    for the number of comparisons\n";
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
  CLI::App& command =
      add_command<MetricsRequest>(app, context, help, [](const MetricsRequest& request, const Output& output) {
        const Json metrics = evaluate_file(request);
        fmt::print("{}", output.json ? metrics.dump(2) + "\n" : metrics_text(metrics, output.tables));
        if (!output.json) print_next(next_of(request));
      });
  command.footer(command.get_footer() + words_help());
}

}  // namespace flnas::cli
