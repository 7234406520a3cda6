#pragma once

#include "harness/verification/verify_all.h"

namespace flnas::study {

/// Recomputes an estimated latency of a study from estimate.json beside it, to 1e-9 of its value; measured ones pass.
/// Rule: "estimate".
void verify_estimate(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas::study
