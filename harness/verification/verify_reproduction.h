#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// A study: the SHA-256 of its split; that every folder that it lists has a record of its data, split, task and
/// protocol, each another one; statistics.json, and the figures of newer metrics below rescored/, from all predictions.
/// Rules: "digest", "sha256", "present", "reproduction", "statistics", "rescored".
void verify_reproduction(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
