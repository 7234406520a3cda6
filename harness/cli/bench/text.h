#pragma once

#include <string>
#include <vector>

#include "harness/base/text_table.h"
#include "harness/evaluation/latency_compare.h"
#include "harness/records/latency_suite.h"

namespace flnas::cli {

/// A suite as one table of at most 80 columns (a whole form has more: p90, peak memory, energy, mark), what speaks
/// against which benchmark below it, and estimates in a table of their own. What all benchmarks share, such as the
/// batch size, is said once above the table.
std::string suite_text(const LatencySuite& suite, const TableForm& form = {});

/// A line for each benchmark: what it is of, median and interval, verdict and reason. Times in microseconds.
std::string suite_csv(const LatencySuite& suite);

/// A comparison as a table, the same way, and how many medians agree.
std::string ratios_text(const std::vector<LatencyRatio>& ratios, const TableForm& form = {});

}  // namespace flnas::cli
