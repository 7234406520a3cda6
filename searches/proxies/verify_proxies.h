#pragma once

#include <functional>
#include <memory>
#include <string>

#include "harness/verification/check.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// The space that a record's settings speak of, made again.
using RecordedSpace = std::function<std::shared_ptr<const SearchSpace>(const Json& settings)>;

/// The record of a search by proxies: its digest, the files that it lists, and all that it says of its designs computed
/// again from archive.jsonl. Records of the first version, which have no archive, are listed as skipped. Rules:
/// "digest", "present", "search".
void verify_proxy_search(Check& check, const std::string& file, const RecordedSpace& space_of);

}  // namespace flnas::searches
