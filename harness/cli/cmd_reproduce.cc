#include <fmt/format.h>

#include "harness/base/csv.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/records/store.h"
#include "harness/study/reproduction.h"

namespace flnas::cli {
namespace {

constexpr char kUndefined[] = "undefined";  ///< in the report's tables: too few people for the figure

/// The main columns of the report's Table I for what was trained, with 95 % intervals, beside the paper's.
std::string table_text(const std::filesystem::path& file) {
  const Csv table = Csv::read(file);
  const auto number = [&](std::size_t row, const std::string& column, double scale, int digits) -> std::string {
    const auto found = table.find(column);
    if (!found || table.at(row, *found).empty()) return "-";
    if (table.at(row, *found) == kUndefined) return kUndefined;
    return fmt::format("{:.{}f}", scale * table.number(row, *found), digits);
  };
  const auto interval = [&](std::size_t row, const std::string& column, double scale, int digits) -> std::string {
    const std::string value = number(row, column, scale, digits);
    if (value == "-" || value == kUndefined) return value;
    return fmt::format("{} [{}, {}]", value, number(row, column + "_low", scale, digits),
                       number(row, column + "_high", scale, digits));
  };
  const bool beside = table.find("accuracy_paper").has_value();
  std::vector<TextRow> rows = {{"model", "accuracy, %", "Unfairness, sum"}};
  if (beside) rows = {{"model", "accuracy, %", "paper", "Unfairness, sum", "paper"}};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string accuracy = interval(row, "accuracy", 100, 1);
    if (accuracy == "-") continue;  // not in this reproduction
    TextRow& cells = rows.emplace_back(TextRow{table.at(row, table.column("label")), accuracy});
    if (beside) cells.push_back(number(row, "accuracy_paper", 100, 1));
    cells.push_back(interval(row, "unfairness_sum", 1, 3));
    if (beside) cells.push_back(number(row, "unfairness_sum_paper", 1, 3));
  }
  return text_table(rows, "lrrrr");
}

}  // namespace

void add_reproduce(CLI::App& app, Context& context) {
  using study::ReproduceRequest;
  const CommandHelp help{
      .summary = "train, measure and report Table I's models beside the paper, or models of your own",
      .examples = {"flnas reproduce --out out", "flnas reproduce --profile paper --data ISIC --seeds 5 --out out",
                   "flnas reproduce --profile cpu --data mine --models search3,mine.py \\\n"
                   "      --no-hardware --out out"},
      .next = "open out/report/report.html; flnas verify out recomputes every figure",
      .group = kFigures};
  add_command<ReproduceRequest>(app, context, help, [](const ReproduceRequest& request, const Output& output) {
    const study::ReproduceResult result = study::reproduce(request, known_models(), table_one_models().names());
    for (const auto& note : result.notes) fmt::print(stderr, "note: {}\n", note);
    if (output.json) {
      fmt::print("{}\n", record_to_json(read_reproduction(request.out)).dump(2));
    } else {
      fmt::print("{}report: {}\n", table_text(result.report / "table1.csv"), (result.report / "report.html").string());
      print_next("flnas verify " + shell_quote(request.out.string()));
    }
    if (result.failed == 0) return 0;
    fmt::print(stderr, "error: {} of the runs failed; the same command tries them again\n", result.failed);
    return 1;
  });
}

}  // namespace flnas::cli
