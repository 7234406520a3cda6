#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "harness/verification/verify.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// The space that a record's settings speak of, made again.
using RecordedSpace = std::function<std::shared_ptr<const SearchSpace>(const Json& settings)>;

/// Every record of a search by proxies below the folder: its digest, the files that it lists, and all that it says of
/// its designs computed again from archive.jsonl. Records of the first version, which have no archive, are listed as
/// skipped.
void verify_proxy_searches(Verification& found, const std::filesystem::path& folder, const RecordedSpace& space_of);

}  // namespace flnas::searches
