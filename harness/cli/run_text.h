#pragma once

#include <string>

#include "datasets/adapters/adapter.h"
#include "harness/records/record.h"

namespace flnas::cli {

/// A run's metrics in one or two lines of a terminal, with 95 % intervals: accuracies and the number of images (in the
/// adapter's word), then fairness between groups and how many of its terms have enough rows to count. Blank without
/// metrics.
std::string run_text(const RunRecord& record, const Adapter& adapter);

}  // namespace flnas::cli
