#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "harness/metrics/fairness.h"

namespace flnas::metrics {

struct BootstrapConfig {
  int resamples = 2000;
  std::uint64_t seed = 20190101;
  double level = 0.95;
  /// An interval is undefined where more than this share of the resamples leave the metric undefined.
  double most_undefined = 0.1;
};

/// A value with its interval; NaN: undefined. Absolute gaps grow by resampling, so that the value of a nearly fair
/// classifier can lie below its own percentile interval: such a value is within the noise of the sample.
struct Estimate {
  double value;
  double low;
  double high;
};

/// The value at `share` in [0, 1] of sorted values, linear between neighbours (numpy's default); NaN when empty.
double quantile(const std::vector<double>& sorted, double share);

/// Every metric on the rows and on each resample, in the order of MetricSet::for_each_value; NaN: undefined there.
struct Resampled {
  std::vector<double> point;               ///< [M]
  std::vector<std::vector<double>> draws;  ///< [resamples][M]
  std::size_t recalls = 0, groups = 0;     ///< lengths of MetricSet's two vectors
  BootstrapConfig config;                  ///< how they were drawn
};

/// [resamples]: a metric on each resample, by its name in kMetricNames. Throws std::invalid_argument for any other.
std::vector<double> draws_of(const Resampled& resampled, std::string_view metric);

/// A bootstrap over lesions: each resample draws as many lesions as there are, with replacement, and takes all rows of
/// each draw. The draws depend on the seed and the lesions' indices alone: classifiers that answered the same rows see
/// the same draws. 2,000 resamples of 1,000 rows take about 0.1 s.
Resampled resample(const Outcomes& outcomes, const BootstrapConfig& config = {});

/// Each metric with its percentile interval; a resample in which it is undefined is left out.
MetricSet<Estimate> intervals(const Resampled& resampled);

/// Figures of the counts, as many each time and in the same order; NaN: undefined there.
using Figures = std::function<std::vector<double>(const Tally&)>;

/// The interval of each figure, over the resamples that resample() draws.
std::vector<Estimate> bootstrap(const Outcomes& outcomes, const Figures& figures, const BootstrapConfig& config = {});

/// intervals(resample(outcomes)).
MetricSet<Estimate> bootstrap(const Outcomes& outcomes, const BootstrapConfig& config = {});

}  // namespace flnas::metrics
