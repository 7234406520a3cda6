#include "harness/records/hardware_latency.h"

#include <fmt/format.h>

#include "harness/base/error.h"

namespace flnas {

LatencySummary latency_summary(const LatencyResult& result) {
  if (!result.latency) throw DataError(fmt::format("{}: no latency: {}", result.benchmark, result.reason));
  LatencySummary summary;
  summary.mark = result.mark;
  summary.batch = result.batch;
  summary.threads = result.threads;
  summary.form = result.form;
  summary.median_us = result.latency->p50_us;
  summary.low_us = result.latency->p50_low_us;
  summary.high_us = result.latency->p50_high_us;
  summary.p90_us = result.latency->p90_us;
  summary.samples = result.latency->samples;
  summary.cv = result.latency->cv;
  return summary;
}

}  // namespace flnas
