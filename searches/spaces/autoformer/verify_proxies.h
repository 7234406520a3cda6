#pragma once

#include "harness/verification/verify_all.h"

namespace flnas::searches {

/// transformer_search.json: its digest, and all that it says of its subnets computed again from
/// archive.jsonl. Records of an earlier version, which have no archive, are listed as skipped.
/// Rules: "digest", "search".
void verify_proxy_search(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas::searches
