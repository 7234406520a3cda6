#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "harness/metrics/intervals/estimate.h"
#include "harness/metrics/rates/fairness.h"

namespace flnas::metrics {

struct BootstrapConfig {
  int resamples = 2000;
  std::uint64_t seed = 20190101;
  double level = 0.95;
  /// An interval is undefined if the metric is undefined in more than this share of the resamples.
  double most_undefined = 0.1;
};

/// Every metric on the sample and on each resample, in the order of MetricSet::for_each_value; NaN: undefined.
struct Resampled {
  std::vector<double> point;               ///< [M]
  std::vector<std::vector<double>> draws;  ///< [resamples][M]
  std::size_t recalls = 0, groups = 0;     ///< lengths of MetricSet's two vectors
  BootstrapConfig config;                  ///< how they were drawn
};

/// [resamples]: a metric on each resample, by its name in kMetricNames. Throws std::invalid_argument for any other.
std::vector<double> draws_of(const Resampled& resampled, std::string_view metric);

/// A bootstrap over lesions: each resample draws as many lesions as the sample has, with replacement, and takes all
/// rows of each. The draws depend only on the seed and the lesions' indices, so that classifiers tested on the same
/// rows get the same draws. 2,000 resamples of 1,000 rows take about 0.1 s.
Resampled resample(const Outcomes& outcomes, const BootstrapConfig& config = {});

/// Each metric with its percentile interval; a resample in which it is undefined is left out.
MetricSet<Estimate> intervals(const Resampled& resampled);

/// Any figures computed from the counts: always the same number of them, in the same order; NaN: undefined.
using Figures = std::function<std::vector<double>(const Tally&)>;

/// The interval of each figure, over the resamples that resample() draws.
std::vector<Estimate> bootstrap(const Outcomes& outcomes, const Figures& figures, const BootstrapConfig& config = {});

/// intervals(resample(outcomes)).
MetricSet<Estimate> bootstrap(const Outcomes& outcomes, const BootstrapConfig& config = {});

}  // namespace flnas::metrics
