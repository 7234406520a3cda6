#pragma once

#include "harness/records/latency_suite.h"

namespace flnas {

/// The latency in run.json (kind "hardware") of a suite's result; throws DataError if the result has none.
LatencySummary latency_summary(const LatencyResult& result);

}  // namespace flnas
