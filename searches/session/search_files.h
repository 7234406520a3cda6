#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "searches/core/archive.h"

namespace flnas::searches {

/// Where a file of a search lies: a search on its own has its designs, runs and reported predictions beside its
/// archive; those of a comparison share them with their seed, one folder up.
std::filesystem::path search_file(const std::filesystem::path& folder, const std::string& name);

/// SHA-256 of the files that a search wrote, by name: archive.jsonl, ledger.jsonl, exchanges.jsonl, best.json, best.py,
/// front/*, designs/HASH.json of every evaluated design, reported/HASH/* of every reported one. `record` is its
/// search.json; its runs list their own.
Json search_file_hashes(const std::filesystem::path& folder, const History& history, const Json& record);

}  // namespace flnas::searches
