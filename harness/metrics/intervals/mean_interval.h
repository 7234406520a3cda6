#pragma once

#include <cstddef>
#include <vector>

namespace flnas::metrics {

/// A mean with its 95 % interval by Student's t. Without values the mean is NaN; below two, low and high are.
struct MeanInterval {
  double mean;
  double low;
  double high;
  std::size_t n;
};
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace flnas::metrics
