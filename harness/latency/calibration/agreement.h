#pragma once

#include <cstddef>
#include <vector>

namespace flnas {

/// Estimates against measurements; the error fields of an Efficiency.
struct Agreement {
  std::size_t cells = 0;
  double spearman = 0;                   ///< rank correlation; 0 where one side is constant
  double within_10 = 0, within_20 = 0;   ///< share of cells with |estimated / measured - 1| up to 0.1, 0.2
  double median_error = 0;               ///< of |measured / estimated - 1|
  double ratio_low = 0, ratio_high = 0;  ///< 2.5 and 97.5 percentiles of measured / estimated
};
/// Throws DataError when there are fewer than two cells.
Agreement compare_latencies(const std::vector<double>& estimated, const std::vector<double>& measured);

}  // namespace flnas
