#pragma once

#include "harness/verification/verify_all.h"

namespace flnas::study {

/// An estimated latency of a study, again from estimate.json beside it, to 1e-9 of its value; measured ones pass.
/// Rule: "estimate".
void verify_estimate(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas::study
