#include "harness/metrics/comparison/trend.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "harness/base/error.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kTails = 0.05, kNormal = 1e9;
constexpr int kHalvings = 40;

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Of each value in the slope: sum of weight times value.
std::vector<double> slope_weights(const std::vector<double>& x) {
  const double middle = mean(x);
  double squares = 0;
  for (const double each : x) squares += (each - middle) * (each - middle);
  std::vector<double> weights;
  for (const double each : x) weights.push_back((each - middle) / squares);
  return weights;
}

double slope_of(const std::vector<double>& weights, const std::vector<double>& values) {
  return std::inner_product(weights.begin(), weights.end(), values.begin(), 0.0);
}

/// With the divisor n - 1; NaN below two.
double sd_of(const std::vector<double>& values) {
  const double middle = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - middle) * (value - middle);
  return values.size() < 2 ? kNaN : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double sampling_sd(const std::vector<double>& weights, const std::vector<std::vector<double>>& draws) {
  std::vector<double> slopes, each(draws.size());
  for (std::size_t b = 0; b < draws[0].size(); ++b) {
    for (std::size_t m = 0; m < draws.size(); ++m) each[m] = draws[m][b];
    const double slope = slope_of(weights, each);
    if (!std::isnan(slope)) slopes.push_back(slope);
  }
  return sd_of(slopes);
}

/// About the line, with M - 2 degrees of freedom.
double residual_sd(const std::vector<double>& x, const std::vector<double>& values, double slope) {
  const double middle_x = mean(x), middle = mean(values);
  double squares = 0;
  for (std::size_t m = 0; m < x.size(); ++m) {
    const double residual = values[m] - middle - slope * (x[m] - middle_x);
    squares += residual * residual;
  }
  return std::sqrt(squares / static_cast<double>(x.size() - 2));
}

}  // namespace

Trend trend_over(const std::vector<double>& x, const std::vector<double>& values,
                 const std::vector<std::vector<double>>& draws) {
  if (values.size() != x.size() || draws.size() != x.size()) {
    throw DataError(fmt::format("a trend needs as many values as places: {} places, {} values, {} of draws", x.size(),
                                values.size(), draws.size()));
  }
  const auto undefined = Trend{kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
  if (x.size() < 3 || draws[0].empty() || sd_of(x) == 0) return undefined;
  const auto weights = slope_weights(x);
  Trend found{slope_of(weights, values), kNaN, kNaN, kNaN, sampling_sd(weights, draws), kNaN};
  if (std::isnan(found.slope) || std::isnan(found.sampling_sd)) return found;
  found.residual_sd = residual_sd(x, values, found.slope);
  const double error = found.residual_sd * std::sqrt(slope_of(weights, weights));
  const auto freedom = static_cast<double>(x.size() - 2);
  const auto half_width = [&](double tails) {
    return std::hypot(student_t_of_tails(tails, freedom) * error,
                      student_t_of_tails(tails, kNormal) * found.sampling_sd);
  };
  found.low = found.slope - half_width(kTails);
  found.high = found.slope + half_width(kTails);
  double low = 0, high = 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (half_width(middle) > std::abs(found.slope) ? low : high) = middle;
  }
  found.p = high;
  return found;
}

}  // namespace flnas::metrics
