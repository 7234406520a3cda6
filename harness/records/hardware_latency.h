#pragma once

#include "harness/records/latency_suite.h"

namespace flnas {

/// The latency of run.json (kind "hardware") that a suite's result gives; throws DataError where it has none.
LatencySummary latency_summary(const LatencyResult& result);

}  // namespace flnas
