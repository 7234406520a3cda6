#pragma once

#include <vector>

namespace flnas::metrics {

/// Ranks from 0, ascending; equal values get the mean of their ranks.
std::vector<double> ranks(const std::vector<double>& values);

}  // namespace flnas::metrics
