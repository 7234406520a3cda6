#pragma once

#include <vector>

#include "harness/latency/estimation/estimate_file.h"
#include "harness/latency/estimation/platform.h"
#include "harness/nn/registry.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// All that an estimate of this batch is computed from. Builds the model to count its operations. Throws as below.
EstimateInputs estimate_inputs(const Platform& platform, const nn::ModelEntry& model, const nn::ModelOptions& options,
                               int batch, int threads);

/// What the roofline (roofline.h) expects of the model on a platform that is not here, for each batch size and thread
/// count (0: all of the platform's cores). Builds the model once to count its operations.
/// Throws ConfigError where the platform's file has no rates or efficiencies.
std::vector<LatencyEstimateResult> estimate_on(const Platform& platform, const nn::ModelEntry& model,
                                               const nn::ModelOptions& options, const std::vector<int>& batch,
                                               const std::vector<int>& threads);

}  // namespace flnas
