#pragma once

#include <filesystem>
#include <vector>

#include "harness/verification/check.h"

namespace flnas {

/// The latency suites that a report shows: bench/*.json of `folder` and of those below it, sorted.
std::vector<std::filesystem::path> find_latency_suites(const std::filesystem::path& folder);

/// Recomputes a suite, a file of the check's folder: its digest, the statistics of each result from its samples, and
/// that the verdict is VALID only where every result passed.
void check_latency_suite(Check& check, const std::string& file);

}  // namespace flnas
