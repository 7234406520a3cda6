// The program, as its main function runs it.
#pragma once

#include <CLI/App.hpp>

#include "harness/cli/command.h"

namespace flnas::cli {

/// All commands of flnas.
void add_flnas_commands(CLI::App& app, Context& context);

/// Returns the exit code: 0 done, 1 ran but failed or INVALID, 2 usage or configuration, 3 data.
int run_flnas(int argc, char** argv);

}  // namespace flnas::cli
