#pragma once

#include <string>

#include "harness/records/record.h"

namespace flnas::cli {

/// A run's metrics in two or three lines of a terminal, with 95 % intervals: accuracy and on how many images of how
/// many units
/// (`unit`: "patient"), and fairness between groups; what too few people carry is said. Blank where there are none.
std::string run_text(const RunRecord& record, const std::string& unit);

}  // namespace flnas::cli
