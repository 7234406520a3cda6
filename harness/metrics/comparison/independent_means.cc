#include "harness/metrics/comparison/independent_means.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Of the mean; NaN below two values.
double variance_of_mean(const std::vector<double>& values) {
  const double mean = mean_of(values), n = static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return values.size() < 2 ? kNaN : squares / (n - 1) / n;
}

}  // namespace

Difference independent_means(const std::vector<double>& first, const std::vector<double>& second) {
  if (first.empty() || second.empty()) return {kNaN, kNaN, kNaN, kNaN};
  const double value = mean_of(first) - mean_of(second);
  const double error = std::sqrt(variance_of_mean(first) + variance_of_mean(second));
  if (!(error > 0)) return {value, kNaN, kNaN, kNaN};
  const auto freedom = static_cast<double>(std::min(first.size(), second.size()) - 1);
  const double half = student_t_of_tails(0.05, freedom) * error;
  return {value, value - half, value + half, student_t_tails(value / error, freedom)};
}

}  // namespace flnas::metrics
