#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace flnas::cli {

/// A script for bash that completes the program's commands, flags and their values: those that a flag's help lists
/// ("auto|cpu|cuda"), folders for DIR, files for FILE, and `models` for MODEL.
std::string bash_completion(const CLI::App& app, const std::vector<std::string>& models);

}  // namespace flnas::cli
