#pragma once

#include <string>
#include <vector>

#include "harness/results/latency_compare.h"
#include "harness/results/latency_suite.h"

namespace flnas::apps {

/// A readable table of a suite: measurements with their marks (host: this machine, where the platform is another),
/// then estimates in a table of their own.
std::string suite_text(const LatencySuite& suite);

/// A readable table of a comparison, and how many medians agree.
std::string ratios_text(const std::vector<LatencyRatio>& ratios);

}  // namespace flnas::apps
