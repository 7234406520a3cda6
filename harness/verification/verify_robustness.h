#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// robustness.json from the answers beside it: digest, SHA-256 of predictions.csv, every figure.
/// Rules: "digest", "sha256", "present", "robustness".
void verify_robustness(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
