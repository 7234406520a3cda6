#include <fmt/format.h>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/run_text.h"
#include "harness/records/files.h"
#include "harness/runs/run.h"
#include "harness/study/train_model.h"

namespace flnas::cli {

void add_train(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "train one model in a run's folder, or continue there",
      .examples = {"flnas train resnet18 --data ISIC --split split.json --task binary \\\n"
                   "      --out runs/resnet18",
                   "flnas train mine.py --data mine --split split.json --epochs 20 --device cuda \\\n"
                   "      --out runs/mine",
                   "flnas train resnet18 --init runs/resnet18 --data mine --split mine.json \\\n"
                   "      --lr 1e-4 --out runs/tuned"},
      .next = "flnas metrics RUN/predictions.csv, flnas report RUN RUN --out DIR, or flnas verify RUN",
      .group = kModels};
  add_command<study::TrainRequest>(app, context, help, [](const study::TrainRequest& request, const Output& output) {
    const RunRecord record = study::train_model(request, known_models());
    if (output.json) {
      fmt::print("{}\n", record_to_json(record).dump(2));
      return;
    }
    fmt::print("{}: {} after {} epochs (best {}); {}\n", shown_name(record.model), record.status,
               record.training->epochs_run, record.training->best_epoch, request.out.string());
    if (const auto weights = record.inputs.find("weights"); weights != record.inputs.end()) {
      fmt::print("started from {} (SHA-256 {:.12})\n", request.init.string(), weights->second);
    }
    fmt::print("{}", run_text(record, kept_adapter(request.out, record.data.adapter)));
    print_next(fmt::format("flnas metrics {}", shell_quote((request.out / kPredictionsFile).string())));
  });
}

}  // namespace flnas::cli
