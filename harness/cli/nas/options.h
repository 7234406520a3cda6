#pragma once

#include <CLI/App.hpp>
#include <string>

#include "harness/cli/nas/search.h"

namespace flnas::cli {

/// The flags that only searches on tables have: --tables, --dataset, --strategy, --cost, --predictor-cells, --seeds and
/// --jobs.
void add_table_options(CLI::App& command, NasSearchRequest& request);

/// The command that repeats such a search.
std::string table_search_command(const NasSearchRequest& request);

}  // namespace flnas::cli
