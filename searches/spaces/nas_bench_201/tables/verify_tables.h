#pragma once

#include <filesystem>

#include "harness/verification/verify.h"

namespace flnas::searches {

/// Every nas_search.json below the folder against what it was made from, beyond what verify_nas_search.h recomputes
/// from the record alone:
///
///     files beside it   their hashes; each search against searches/<data set>-<device>.jsonl
///     tables            of each pair candidates, bounds, true front and every point; of each predictor the rank
///                       correlations, from predicted_ranks.bin
///
/// `tables`: their folder; blank: the one that the record names. Where it is not here or holds other tables, what was
/// not compared is listed as skipped.
void verify_nas_tables(Verification& found, const std::filesystem::path& folder, const std::filesystem::path& tables);

}  // namespace flnas::searches
