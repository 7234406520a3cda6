#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace flnas::cli {

/// Every long flag of the program and of the commands that were named on the command line.
std::vector<std::string> valid_flags(const CLI::App& app);

/// The program's name, the form of its help (help.h) and --version, which names version, commit and libtorch. Before
/// commands are added.
void set_up_program(CLI::App& app, const std::string& name);

/// Parses the command line, which runs the chosen command, and returns the program's exit code: `exit_code`, or 0
/// after --help, or an error's own after one clear line on stderr (2 for the command line itself), or 1 where stdout
/// could not take the results.
int run_program(CLI::App& app, int argc, char** argv, const int& exit_code);

}  // namespace flnas::cli
