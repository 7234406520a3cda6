#pragma once

#include <string>

#include "harness/records/search_record.h"

namespace flnas::searches {

/// Every design of a search as a line of CSV, in the order of evaluation: costs, scores on the validation images, the
/// rule's verdict (best.h), whether it is on the Pareto front, and then any further objectives of the search. A missing
/// figure is blank.
std::string designs_csv(const SearchSummary& summary);

}  // namespace flnas::searches
