#pragma once

#include <CLI/App.hpp>
#include <string>

#include "harness/cli/transformers/search.h"

namespace flnas::cli {

/// The flags that only searches of vision transformers have: --proxies, --proxy-batch, --classes, --seconds and
/// --accuracies.
void add_transformer_options(CLI::App& command, TransformerSearchRequest& request);

/// The command that repeats such a search.
std::string transformer_search_command(const TransformerSearchRequest& request);

}  // namespace flnas::cli
