#pragma once

#include <string>
#include <vector>

#include "harness/latency/timing/suite.h"

namespace flnas::cli {

/// All benchmarks of the suite under these flags of Google Benchmark, then their other passes, then again those that
/// cannot be trusted; shown and written as the flags say. False where nothing was measured: the flags ask for a list.
/// Throws ConfigError for flags that are none, or leave no benchmark.
bool run_benchmarks(Suite& suite, const std::vector<std::string>& flags);

}  // namespace flnas::cli
