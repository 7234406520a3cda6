// The commands of flnas-bench, and what it does without a command.
#pragma once

#include "harness/cli/command.h"

namespace flnas::cli {

/// Options of the program itself: the suite. Runs when no command was named. Added last: it lets Google Benchmark's
/// flags through, which the commands should not.
void add_suite(CLI::App& app, Context& context);

void add_calibrate(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_platforms(CLI::App& app, Context& context);

/// The whole program.
void add_bench_commands(CLI::App& app, Context& context);

}  // namespace flnas::cli
