#include <fmt/format.h>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/study_text.h"
#include "harness/records/store.h"
#include "harness/study/reproduction.h"

namespace flnas::cli {

void add_reproduce(CLI::App& app, Context& context) {
  using study::ReproduceRequest;
  const CommandHelp help{
      .summary = "train, measure and report Table I's models beside the paper, or models of your own",
      .examples = {"flnas reproduce --out out", "flnas reproduce --profile paper --data ISIC --seeds 5 --out out",
                   "flnas reproduce --profile cpu --data mine --models search3,mine.py \\\n"
                   "      --no-hardware --out out"},
      .next = "open out/report/report.html; flnas verify out recomputes every figure",
      .group = kFigures,
      .tables = true};
  add_command<ReproduceRequest>(app, context, help, [](const ReproduceRequest& request, const Output& output) {
    const study::ReproduceResult result = study::reproduce(request, known_models(), table_one_models().names());
    for (const auto& note : result.notes) fmt::print(stderr, "note: {}\n", note);
    if (output.json) {
      fmt::print("{}\n", record_to_json(read_reproduction(request.out)).dump(2));
    } else {
      fmt::print("{}report: {}\n", study_text(result.report, output.tables), (result.report / "report.html").string());
      print_next("flnas verify " + shell_quote(request.out.string()));
    }
    if (result.failed == 0) return 0;
    fmt::print(stderr, "error: {} of the runs failed; the same command tries them again\n", result.failed);
    return 1;
  });
}

}  // namespace flnas::cli
