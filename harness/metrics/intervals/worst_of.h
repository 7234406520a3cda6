#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// The lowest of several groups' figures.
struct WorstOf {
  Estimate estimate;
  std::size_t group = 0;  ///< the group that is lowest in the sample: an index into the given groups
};

/// `groups(level)`: each group's figure with its interval at that level; groups whose value is undefined are left out.
/// The interval is for the lowest true figure, whichever group has it. Its lower end is the lowest of the groups' lower
/// ends. Its upper end is the lowest of the groups' upper ends at the level that Bonferroni's correction gives for the
/// groups that may be the worst, which are those that reach below the lowest upper end. It contains the value. NaN
/// without groups.
WorstOf worst_of(const std::function<std::vector<Estimate>(double level)>& groups, double level);

}  // namespace flnas::metrics
