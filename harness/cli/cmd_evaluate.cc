#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/study/evaluate_model.h"

namespace flnas::cli {

void add_evaluate(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "write a trained model's predictions",
                         .examples = {"flnas evaluate runs/resnet18 --data ISIC --split split.json \\\n"
                                      "      --out predictions.csv",
                                      "flnas evaluate other.pt --task binary --size 224 --data HOSPITAL \\\n"
                                      "      --out predictions.csv"},
                         .next = "flnas metrics predictions.csv",
                         .group = kModels};
  add_command<study::EvaluateRequest>(app, context, help, [](const study::EvaluateRequest& request) {
    const auto rows = study::evaluate_model(request).rows.size();
    if (request.data.split.empty()) {
      fmt::print(stderr,
                 "note: without --split all {} images are evaluated, those that the model was trained on among them; "
                 "--split FILE takes its test images alone\n",
                 rows);
    }
    fmt::print("{}: {} predictions\n", request.out.string(), rows);
    print_next("flnas metrics " + shell_quote(request.out.string()));
  });
}

}  // namespace flnas::cli
