#pragma once

#include <string>

#include "harness/records/search_record.h"

namespace flnas::searches {

/// Every design of a search as a line of CSV, in the order of evaluation: costs, scores on the validation images, what
/// the rule said of it (best.h), and whether it is on the Pareto front; at the end what else the search went by. A
/// figure that is not there is blank.
std::string designs_csv(const SearchSummary& summary);

}  // namespace flnas::searches
