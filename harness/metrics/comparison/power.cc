#include "harness/metrics/comparison/power.h"

#include <cmath>
#include <limits>

#include "harness/metrics/intervals/rate_interval.h"

namespace flnas::metrics {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kHalvings = 40;

double tail(const PowerPlan& plan) { return normal_quantile((1 + plan.level) / 2); }

}  // namespace

double rows_to_tell_apart(double first, double second, double others, const PowerPlan& plan) {
  const double gap = first - second;
  if (gap == 0) return kInfinity;
  const double pooled = (first + others * second) / (1 + others);
  const double root = tail(plan) * std::sqrt((others + 1) * pooled * (1 - pooled)) +
                      normal_quantile(plan.power) * std::sqrt(others * first * (1 - first) + second * (1 - second));
  return root * root / (others * gap * gap);
}

double smallest_gap(double rate, double rows, double other_rows, const PowerPlan& plan) {
  if (!(rows > 0) || !(other_rows > 0)) return std::numeric_limits<double>::quiet_NaN();
  const auto found = [&](double gap) { return rows_to_tell_apart(rate - gap, rate, other_rows / rows, plan) <= rows; };
  if (!found(rate)) return 1;
  double low = 0, high = rate;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (found(middle) ? high : low) = middle;
  }
  return high;
}

double growth_to_decide(double value, double end, double boundary, const PowerPlan& plan, double end_level) {
  if (value == boundary || !std::isfinite(end)) return kInfinity;
  const double widths = (tail(plan) + normal_quantile(plan.power)) / normal_quantile((1 + end_level) / 2);
  const double root = widths * std::abs(end - value) / std::abs(boundary - value);
  return root * root;
}

}  // namespace flnas::metrics
