// flnas-bench: what `flnas-bench` does without a command, and its commands.
#pragma once

#include <CLI/App.hpp>

namespace flnas::cli {

/// Options of the program itself: the suite. Runs when no command was named. Added last: it lets Google Benchmark's
/// flags through, which the commands should not.
void add_suite(CLI::App& app, int& exit_code);

void add_calibrate(CLI::App& app, int& exit_code);
void add_compare(CLI::App& app, int& exit_code);
void add_platforms(CLI::App& app, int& exit_code);

}  // namespace flnas::cli
