#pragma once

#include <filesystem>
#include <vector>

#include "harness/verification/check.h"

namespace flnas {

/// `folder` and the folders below it that hold a nas_search.json, sorted.
std::vector<std::filesystem::path> find_nas_searches(const std::filesystem::path& folder);

/// Recomputes nas_search.json of the check's folder: its digest; each true front, that none of its points dominates
/// another one, and its hypervolume; of each search hypervolume, share, IGD and niches from the points of its front,
/// the last values of its curve, and the sums of its coverage.
void check_nas_search(Check& check);

}  // namespace flnas
