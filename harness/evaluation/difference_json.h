#pragma once

#include <vector>

#include "harness/base/json.h"
#include "harness/metrics/intervals/estimate.h"

namespace flnas {

/// {"value", "low", "high", "p"}; what is undefined is null.
Json difference_json(const metrics::Difference& difference);

/// Adds "p_holm", Holm's correction for their number, to each of these tests, which are one family: objects with a "p",
/// where null does not count as a test. A vector's elements move as it grows: take the addresses when all are there.
void add_holm(const std::vector<Json*>& tests);

}  // namespace flnas
