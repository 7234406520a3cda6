#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// Whether a run.json is a run's, or a pool of folds: any that is not a measurement of hardware.
bool is_run(const std::filesystem::path& file);

/// A run, from the raw files beside it: the SHA-256 of every listed file, task, metrics and decisions from
/// predictions.csv, the training summary from history.jsonl, that the predicted images are the split's, and a pooled
/// run from its folds. Weights, the split and folds may be elsewhere: then they are listed as skipped.
/// Rules: "digest", "sha256", "present", "task", "metrics", "mitigation", "training", "split", "pooled".
void verify_run(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
