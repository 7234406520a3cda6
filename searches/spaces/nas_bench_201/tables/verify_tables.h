#pragma once

#include "harness/verification/verify_all.h"

namespace flnas::searches {

/// nas_search.json against what it was made from, beyond what harness/verification/verify_nas_search.h recomputes from
/// the record alone:
///
///     files beside it   their hashes; each search against searches/<data set>-<device>.jsonl
///     tables            of each pair candidates, bounds, true front and every point; of each predictor the rank
///                       correlations, from predicted_ranks.bin
///
/// The request's folder of tables, where it names one, takes the place of the record's. Where it is not here or holds
/// other tables, what was not compared is listed as skipped. Rules: "sha256", "searches", "tables".
void verify_nas_tables(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas::searches
