#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// Whether a JSON file has a verdict or results as a suite; true for one that cannot be read.
bool is_latency_suite(const std::filesystem::path& file);

/// A latency suite: its digest, the statistics of each result from its samples, and that the verdict is VALID only
/// where every result passed. Rules: "digest", "samples", "verdict".
void verify_latency_suite(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
