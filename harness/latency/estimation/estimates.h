#pragma once

#include <vector>

#include "harness/latency/estimation/estimate_file.h"
#include "harness/latency/estimation/platform.h"
#include "harness/nn/registry.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// The inputs of an estimate for this batch. Builds the model to count its operations. Throws as below.
EstimateInputs estimate_inputs(const Platform& platform, const nn::ModelEntry& model, const nn::ModelOptions& options,
                               int batch, int threads);

/// The estimates by the roofline (roofline.h) for a platform that is not available, for each batch size and thread
/// count (0: all of the platform's cores). Builds the model once to count its operations. Throws ConfigError if the
/// platform's file has no rates or efficiencies.
std::vector<LatencyEstimateResult> estimate_on(const Platform& platform, const nn::ModelEntry& model,
                                               const nn::ModelOptions& options, const std::vector<int>& batch,
                                               const std::vector<int>& threads);

}  // namespace flnas
