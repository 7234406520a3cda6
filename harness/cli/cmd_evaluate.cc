#include <fmt/format.h>

#include <string>
#include <vector>

#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/study/evaluate_model.h"

namespace flnas::cli {
namespace {

std::string share_text(const RobustShare& share) {
  if (!share.value) return "-";
  const std::string value = fmt::format("{:.1f}", 100 * *share.value);
  return share.low && share.high ? fmt::format("{} [{:.1f}, {:.1f}]", value, 100 * *share.low, 100 * *share.high)
                                 : value;
}

/// Accuracy as the images are, under each condition, and by group of the means.
std::string robustness_text(const RobustnessRecord& record, const TableForm& form) {
  std::vector<TextRow> rows = {{"accuracy, %", "level", "all"}};
  const auto add = [&](const std::string& name, const std::string& level, const RobustFigures& figures) {
    TextRow& row = rows.emplace_back(TextRow{name, level, share_text(figures.accuracy)});
    for (const RobustGroup& group : figures.groups) row.push_back(share_text(group.accuracy));
  };
  for (const RobustGroup& group : record.conditions.at(0).figures.groups) rows[0].push_back(group.name);
  for (const RobustCondition& condition : record.conditions) {
    if (!form.is_whole() && condition.level != 0) continue;
    add(condition.name, condition.level == 0 ? "" : fmt::format("{}", condition.level), condition.figures);
  }
  add("corrupted, mean", "", record.corrupted);
  add("attacked (FGSM), mean", "", record.attacked);
  return show_table(rows, "lr", form);
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "write a trained model's predictions",
                         .examples = {"flnas evaluate runs/resnet18 --data ISIC --split split.json \\\n"
                                      "      --out predictions.csv",
                                      "flnas evaluate runs/resnet18 --data ISIC --split split.json \\\n"
                                      "      --robustness --out robustness",
                                      "flnas evaluate other.pt --task binary --size 224 --data HOSPITAL \\\n"
                                      "      --out predictions.csv"},
                         .next = "flnas metrics predictions.csv",
                         .group = kModels,
                         .tables = true};
  add_command<study::EvaluateRequest>(
      app, context, help, [](const study::EvaluateRequest& request, const Output& output) {
        if (request.robustness) {
          const RobustnessRecord record = study::evaluate_robustness(request);
          if (output.json) return fmt::print("{}\n", record_to_json(record).dump(2));
          fmt::print("{}", robustness_text(record, output.tables));
          return print_next("flnas verify " + shell_quote(request.out.string()));
        }
        const auto rows = study::evaluate_model(request).rows.size();
        if (request.data.split.empty()) {
          fmt::print(
              stderr,
              "note: without --split all {} images are evaluated, those that the model was trained on among them; "
              "--split FILE takes its test images alone\n",
              rows);
        }
        if (output.json) return fmt::print("{}\n", Json{{"out", request.out.string()}, {"rows", rows}}.dump(2));
        fmt::print("{}: {} predictions\n", request.out.string(), rows);
        print_next("flnas metrics " + shell_quote(request.out.string()));
      });
}

}  // namespace flnas::cli
