#pragma once

#include <functional>
#include <vector>

#include "harness/metrics/bootstrap.h"
#include "harness/metrics/ranking.h"

namespace flnas::metrics {

/// Figures of the rows, each taken so many times; always as many and in the same order. NaN: undefined there.
using RowFigures = std::function<std::vector<double>(Times times)>;

/// Figures that need each row's score, which resample() does not see, on the rows and on each resample.
struct RowDraws {
  std::vector<double> point;               ///< [F]
  std::vector<std::vector<double>> draws;  ///< [F][resamples]
  BootstrapConfig config;

  /// The percentile interval of one figure, widened to its value where that lies outside; NaN where more than
  /// config.most_undefined of the resamples leave it undefined.
  Estimate estimate(std::size_t figure) const;
  /// The same for a difference of two figures, resample by resample.
  Estimate difference(std::size_t first, std::size_t second) const;
};

/// Resamples units with replacement, as many as there are, and takes all rows of each. `units`: [N] 0..U-1, each used.
/// The draws depend on the seed and the units alone, so that two classifiers' answers on the same rows are paired.
/// Takes resamples x rows x the cost of a pass: 7,000 rows with three attributes take about a second.
RowDraws row_bootstrap(const std::vector<int>& units, const RowFigures& figures, const BootstrapConfig& config = {});

/// The interval of values drawn for one figure; see RowDraws::estimate.
Estimate percentile_interval(double value, std::vector<double> draws, const BootstrapConfig& config);

}  // namespace flnas::metrics
