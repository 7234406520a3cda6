#pragma once

#include <string>

#include "datasets/adapters/adapter.h"
#include "harness/records/record.h"

namespace flnas::cli {

/// A run's metrics in two or three lines of a terminal, with 95 % intervals: accuracy, on how many images of how many
/// units (in the words of the adapter), and fairness between groups; what too few people carry is said. Blank where
/// there are none.
std::string run_text(const RunRecord& record, const Adapter& adapter);

}  // namespace flnas::cli
