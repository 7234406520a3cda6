#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/metrics/figures/figures.h"

namespace flnas {

/// The keys that are computed from counts: accuracies, recalls and gaps, with "bootstrap",
/// "pruning", "pairs" and "definitions". Sums and means of absolute gaps have "debiased", "printed" and how many
/// "terms" "of" all count (metrics/figures/figures.h). Undefined values are null.
Json measured_json(const metrics::Outcomes& outcomes, const metrics::Measured& measured, const std::string& subset,
                   const MetricsSettings& settings);

}  // namespace flnas
