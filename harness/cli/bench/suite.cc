#include <fmt/format.h>

#include <memory>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/cli/bench/commands.h"
#include "harness/cli/bench/text.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/program.h"
#include "harness/latency/bench.h"
#include "harness/latency/bench_remote.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/records/record_json.h"

namespace flnas::cli {
namespace {

/// How the suite is shown; by default as a table.
struct Shown {
  bool json = false, csv = false;
  TableForm tables;
};

void show(const LatencySuite& suite, const Shown& shown, bool spoils) {
  const std::string text = shown.json  ? record_to_json(suite).dump(2) + "\n"
                           : shown.csv ? suite_csv(suite)
                                       : suite_text(suite, shown.tables);
  // With Google Benchmark's own output on stdout a second one would spoil it.
  fmt::print(spoils ? stderr : stdout, "{}", text);
}

int run(const BenchRequest& request, const Shown& shown) {
  const nn::Registry registry = known_models();
  if (!request.ssh.empty()) {
    require_bench(request, registry);  // a name that is none is told before anything is copied
    return run_bench_remotely(request, system_processes());
  }
  const LatencySuite suite = run_bench(request, registry, table_one_models().names());
  if (suite.results.empty()) return 0;
  show(suite, shown, !output_of(request.benchmark).display_format.empty());
  fmt::print(stderr, "{}: {}{}\n", request.out.string(), suite.verdict,
             suite.verdict == kValid ? "" : "; the same command on an idle machine measures again");
  if (!shown.json && !shown.csv)
    print_next(fmt::format("flnas-bench compare {} OTHER.json", shell_quote(request.out.string())));
  return suite.verdict == kValid ? 0 : 1;
}

/// What the command line has beyond flnas-bench's own flags.
std::vector<std::string> benchmark_flags(const CLI::App& app) {
  for (const auto& extra : app.remaining()) {
    if (extra.starts_with("--benchmark_") || extra.starts_with("--v=")) continue;
    throw ConfigError(extra.starts_with("--") ? unknown_name("flag", extra.substr(0, extra.find('=')), valid_flags(app))
                                              : fmt::format("unexpected argument '{}'", extra));
  }
  return app.remaining();
}

}  // namespace

void add_suite(CLI::App& app, Context& context) {
  set_help(app, {.summary = "flnas-bench: latency and memory of networks on a device, measured there or estimated",
                 .examples = {"flnas-bench --models search3,mine.json --batch 1,2 --modes frozen,optimised",
                              "flnas-bench --platform pi4 --ssh pi@board --program build-pi4/bin/flnas-bench"},
                 .next = "flnas-bench compare A.json B.json"});
  const auto request = std::make_shared<BenchRequest>();
  const auto shown = std::make_shared<Shown>();
  add_options(app, *request);
  auto* json = app.add_flag("--json", shown->json, "print the record as JSON");
  app.add_flag("--csv", shown->csv, "print CSV: interval, verdict and reason of each benchmark")->excludes(json);
  add_table_flags(app, shown->tables);
  app.allow_extras();
  app.footer(app.get_footer() +
             "\nGoogle Benchmark's flags work too: --benchmark_filter=REGEX,\n"
             "--benchmark_min_time=0.5s (or 10x), --benchmark_repetitions=N,\n"
             "--benchmark_format=json, --benchmark_out=FILE, --benchmark_list_tests, --v=LEVEL\n");
  app.callback([&app, &context, request, shown] {
    request->benchmark = benchmark_flags(app);
    if (!app.get_subcommands().empty()) return;
    if (context.only_parse) {
      context.parsed = command_line(words_of(*request));
    } else {
      context.exit_code = run(*request, *shown);
    }
  });
}

void add_bench_commands(CLI::App& app, Context& context) {
  set_up_program(app, "flnas-bench");
  app.require_subcommand(0, 1);
  add_calibrate(app, context);
  add_compare(app, context);
  add_platforms(app, context);
  add_suite(app, context);
}

}  // namespace flnas::cli
