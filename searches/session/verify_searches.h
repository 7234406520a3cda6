#pragma once

#include <filesystem>

#include "harness/verification/verify.h"

namespace flnas::searches {

/// The searches at or below `folder`, computed again: search.json's summary from its archive, each evaluation's scores
/// from its run, the reported designs' test metrics from their predictions, and comparison.json from all archives.
/// Rules: "digest", "search", "scores", "metrics", "comparison".
void verify_searches(Verification& found, const std::filesystem::path& folder, const std::string& adapter);

}  // namespace flnas::searches
