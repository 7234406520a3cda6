#pragma once

#include "harness/verification/verify_all.h"

namespace flnas::searches {

/// A search on images: its files, the summary from its archive, each evaluation's scores from its run, and the reported
/// designs' test metrics from their predictions. Rules: "digest", "sha256", "present", "search", "scores", "metrics".
void verify_search(Check& check, const std::string& file, const VerifyRequest& request);

/// Several searches compared, from all archives below the folder. Rules: "digest", "comparison".
void verify_comparison(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas::searches
