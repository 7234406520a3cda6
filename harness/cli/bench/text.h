#pragma once

#include <string>
#include <vector>

#include "harness/evaluation/latency_compare.h"
#include "harness/records/latency_suite.h"

namespace flnas::cli {

/// A readable table of a suite: measurements with their marks (host: this machine, where the platform is another),
/// then estimates in a table of their own.
std::string suite_text(const LatencySuite& suite);

/// A readable table of a comparison, and how many medians agree.
std::string ratios_text(const std::vector<LatencyRatio>& ratios);

}  // namespace flnas::cli
