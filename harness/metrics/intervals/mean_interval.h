#pragma once

#include <cstddef>
#include <vector>

namespace flnas::metrics {

/// A mean with its 95 % interval by Student's t. The mean of no values is NaN; of fewer than two, low and high are NaN.
struct MeanInterval {
  double mean;
  double low;
  double high;
  std::size_t n;
};
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace flnas::metrics
