#include <fmt/format.h>

#include "harness/cli/bench/commands.h"
#include "harness/cli/bench/text.h"
#include "harness/cli/help.h"
#include "harness/records/record_json.h"

namespace flnas::cli {
namespace {

void show(const CompareRequest& request, const Output& output) {
  const auto ratios = compare_files(request);
  if (!output.json) {
    fmt::print("{}", ratios_text(ratios, output.tables));
    return print_next("measure again, on a quiet machine, what is unreliable");
  }
  Json list = Json::array();
  for (const auto& ratio : ratios) list.push_back(record_to_json(ratio));
  fmt::print("{}\n", list.dump(2));
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "ratios of two suites' medians, with a significance test",
                         .examples = {"flnas-bench compare before.json after.json",
                                      "flnas-bench compare google-before.json google-after.json --json"},
                         .next = "measure again, on a quiet machine, what is unreliable",
                         .tables = true};
  add_command<CompareRequest>(app, context, help, show);
}

}  // namespace flnas::cli
