#pragma once

#include <string>
#include <vector>

#include "harness/latency/timing/suite.h"

namespace flnas {

/// All benchmarks of the suite under these flags of Google Benchmark, then their other passes, then again those that
/// are unreliable. Each is named on stderr with its latency as it ends; Google Benchmark's own output is shown and
/// written where the flags ask for it. False where nothing was measured: the flags ask for a list, which goes to
/// stdout. Throws ConfigError for flags that are none, or leave no benchmark.
bool run_benchmarks(Suite& suite, const std::vector<std::string>& flags);

}  // namespace flnas
