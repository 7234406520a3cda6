#pragma once

#include <cstddef>
#include <vector>

#include "harness/metrics/bootstrap.h"

namespace flnas::metrics {

/// The lowest of several groups' figures.
struct WorstOf {
  Estimate estimate;
  std::size_t group = 0;  ///< which one it is in the sample: an index into what was given
};

/// `draws[g]`: the figure of group g on each resample (NaN: undefined there); `values[g]` on the rows themselves.
/// Groups whose value is undefined are left out. The interval is for the lowest true figure, whichever group has it:
/// from the lowest of the groups' lower bounds to the lowest of their upper bounds, the upper ones taken at a level
/// that holds for all groups together (Bonferroni). It contains its value. The lowest figure of a resample, by
/// contrast, is biased downwards. NaN without groups; low and high are NaN where a group's own interval is undefined.
WorstOf worst_of(const std::vector<double>& values, const std::vector<std::vector<double>>& draws,
                 const BootstrapConfig& config);

}  // namespace flnas::metrics
