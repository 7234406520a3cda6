#pragma once

#include <CLI/App.hpp>

namespace flnas::cli {

/// Adds `flnas search llmnas`.
void add_search_llmnas(CLI::App& search, int& exit_code);

}  // namespace flnas::cli
