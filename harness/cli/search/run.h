#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "harness/cli/search/session.h"

namespace flnas::cli {

/// The flags of a search that trains designs on images: --data, --split, --adapter, --iterations, --attempts, --target,
/// --best, --template, --choices and those of training. --out is the caller's. `required`: --data and --split are.
void add_image_search_options(CLI::App& command, SearchRequest& request, bool required);

/// The flags that repeat such a search; --designer, --seeds and the like are the caller's.
std::vector<std::string> image_search_flags(const SearchRequest& request);

/// Runs or continues one search in --out and prints it; exit code 1 where it ended early. Throws what kept its designer
/// from being answered.
void run_image_search(const SearchRequest& request, const std::string& designer, bool json, int& exit_code);

/// Whether the budget was used up; says on stderr why not.
bool is_complete(const std::string& name, const Json& record);

}  // namespace flnas::cli
