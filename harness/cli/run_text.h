#pragma once

#include <string>

#include "datasets/adapters/adapter.h"
#include "harness/records/record.h"

namespace flnas::cli {

/// A run's metrics in two or three lines for a terminal, with 95 % intervals: accuracy, the numbers of images and units
/// (in the adapter's words), and fairness between groups, with a note on figures from too few people. Blank without
/// metrics.
std::string run_text(const RunRecord& record, const Adapter& adapter);

}  // namespace flnas::cli
