#pragma once

#include <filesystem>

#include "harness/verification/verify.h"

namespace flnas::searches {

/// Every transformer_search.json below the folder: its digest, and all that it says of its subnets computed again from
/// archive.jsonl. Records of an earlier version, which have no archive, are listed as skipped.
void verify_proxy_searches(Verification& found, const std::filesystem::path& folder);

}  // namespace flnas::searches
