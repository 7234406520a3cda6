#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/metrics/figures.h"

namespace flnas {

/// The keys of evaluate_version2() from what was measured of the outcomes.
Json measured_json(const metrics::Outcomes& outcomes, const metrics::Measured& measured, const std::string& subset,
                   const MetricsSettings& settings);

}  // namespace flnas
