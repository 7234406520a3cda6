#pragma once

#include <filesystem>

#include "harness/verification/verify.h"

namespace flnas::cli {

/// Every transformer_search.json below the folder: its digest, its settings against settings.json, every point's
/// figures against evaluations.jsonl, parameters, MACs, niches and the front computed again.
void verify_transformer_searches(Verification& found, const std::filesystem::path& folder);

}  // namespace flnas::cli
