#pragma once

#include <CLI/App.hpp>
#include <string>

namespace flnas::cli {

/// Help of at most 80 columns for a program and all its commands: words wrapped, each option with its default, required
/// ones marked. Set before commands are added.
void set_formatter(CLI::App& app);

/// The last line of a command's messages: the command to continue with. On stderr, so that stdout holds results only.
void print_next(const std::string& command);

}  // namespace flnas::cli
