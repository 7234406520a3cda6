#include "harness/metrics/intervals/mean_interval.h"

#include <array>
#include <cmath>
#include <limits>

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// 97.5 % quantile of Student's t with 1 to 30 degrees of freedom, then the normal's.
double t_quantile(std::size_t freedom) {
  static constexpr std::array<double, 30> kTable = {
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
      2.120,  2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  return freedom <= kTable.size() ? kTable[freedom - 1] : 1.96;
}

}  // namespace

MeanInterval mean_interval(const std::vector<double>& values) {
  if (values.empty()) return {kNaN, kNaN, kNaN, 0};
  const auto n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  if (values.size() < 2) return {mean, kNaN, kNaN, 1};
  const double half = t_quantile(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half, values.size()};
}

}  // namespace flnas::metrics
