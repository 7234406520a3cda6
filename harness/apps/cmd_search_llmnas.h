#pragma once

#include <CLI/App.hpp>

namespace flnas::apps {

/// Adds `flnas search llmnas`.
void add_search_llmnas(CLI::App& search, int& exit_code);

}  // namespace flnas::apps
