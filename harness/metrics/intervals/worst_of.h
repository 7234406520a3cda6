#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// The lowest of several groups' figures.
struct WorstOf {
  Estimate estimate;
  std::size_t group = 0;  ///< which one it is in the sample: an index into what was given
};

/// `groups(level)`: each group's figure with its interval at that level; groups whose value is undefined are left out.
/// The interval is for the lowest true figure, whichever group has it: its lower end is the lowest of the groups' lower
/// ends. Any group that reaches below the lowest upper end may be the worst: the upper end is the lowest upper end at
/// the level that so many tests need (Bonferroni). It contains its value. NaN without groups.
WorstOf worst_of(const std::function<std::vector<Estimate>(double level)>& groups, double level);

}  // namespace flnas::metrics
