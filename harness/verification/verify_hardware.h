#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// Whether a run.json is a measurement of hardware, by its kind. False for a file that cannot be read.
bool is_hardware(const std::filesystem::path& file);

/// A model's latency in a study, from the samples of latency.json beside it. An estimate only has to list the file that
/// it was computed from. Rules: "digest", "sha256", "present", "latency", and those of a suite (verify_suite.h).
void verify_hardware(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
