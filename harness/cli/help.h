#pragma once

#include <CLI/App.hpp>
#include <string>

namespace flnas::cli {

/// Help of at most 80 columns for a program and all its commands: words wrapped, each option with its default, required
/// ones marked. Set before commands are added.
void set_formatter(CLI::App& app);

/// The last line of a command's messages: the command to continue with. On stderr, so that stdout holds results only.
void print_next(const std::string& command);

/// `text` in lines of at most `width` columns, the first at column `column`, the others indented by `indent`. Words
/// longer than a line stay whole. No newline at the end.
std::string wrap(const std::string& text, std::size_t column, std::size_t indent, std::size_t width = 80);

}  // namespace flnas::cli
