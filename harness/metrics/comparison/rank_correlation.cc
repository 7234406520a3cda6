#include "harness/metrics/comparison/rank_correlation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "harness/base/error.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/scores/ranks.h"

namespace flnas::metrics {
namespace {

bool any_nan(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
}

/// Pearson's, NaN where one side is constant.
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n,
               mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) {
    throw DataError(fmt::format("a rank correlation needs pairs: {} values against {}", a.size(), b.size()));
  }
  if (a.size() < 2 || any_nan(a) || any_nan(b)) return std::numeric_limits<double>::quiet_NaN();
  return correlation(ranks(a), ranks(b));
}

Estimate spearman_interval(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(), kSame = 1 - 1e-12;
  Estimate found{spearman(a, b), kNaN, kNaN};
  if (a.size() < 4 || std::isnan(found.value) || std::abs(found.value) > kSame) return found;
  const double error = std::sqrt((1 + found.value * found.value / 2) / static_cast<double>(a.size() - 3));
  const double middle = std::atanh(found.value), half = normal_quantile(0.975) * error;
  found.low = std::tanh(middle - half);
  found.high = std::tanh(middle + half);
  return found;
}

}  // namespace flnas::metrics
