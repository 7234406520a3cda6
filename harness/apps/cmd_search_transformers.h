#pragma once

#include <CLI/App.hpp>

namespace flnas::apps {

/// `flnas search transformers`
void add_search_transformers(CLI::App& search, int& exit_code);

}  // namespace flnas::apps
