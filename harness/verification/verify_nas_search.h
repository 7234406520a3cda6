#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// Searches on tables, from the record alone: its digest; each true front, that none of its points dominates another
/// one, and its hypervolume; of each search hypervolume, share, IGD and niches from the points of its front, the last
/// values of its curve, and the sums of its coverage. What it says of its tables is for a layer that reads tables
/// (searches/spaces/nas_bench_201/tables/verify_tables.h). Rules: "digest", "nas_search".
void verify_nas_search(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
