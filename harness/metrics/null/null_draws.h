#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/null/noise_floor.h"

namespace flnas::metrics {

/// Values of one metric, drawn from fair classifiers.
class NullDraws {
 public:
  void add(double value) {
    if (!std::isnan(value)) values_.push_back(value);
  }
  Noise summary(double observed) {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    if (std::isnan(observed) || values_.empty()) return {observed, undefined, undefined, undefined, undefined};
    std::sort(values_.begin(), values_.end());
    double sum = 0;
    for (double value : values_) sum += value;
    const auto count = static_cast<double>(values_.size());
    // rounding must not tell equal gaps apart
    const auto reached = values_.end() - std::lower_bound(values_.begin(), values_.end(), observed - 1e-12);
    return {observed, sum / count, quantile(values_, 0.05), quantile(values_, 0.95),
            (static_cast<double>(reached) + 1) / (count + 1)};
  }

 private:
  std::vector<double> values_;
};

}  // namespace flnas::metrics
