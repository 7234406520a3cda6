#include "harness/metrics/intervals/bounded_mean.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "harness/metrics/intervals/rate_interval.h"

namespace flnas::metrics {
namespace {

constexpr double kExtreme = 0.5;  // weight of the further lesion
constexpr double kSurely = 40;    // standard errors beyond which nothing is

/// The sum over lesions of gamma-distributed weight x (its values' sum less `mean` x its rows), which is below 0 where
/// the weighted mean is below `mean`.
class WeightedSum {
 public:
  /// With a further lesion of average size whose values are `extreme`.
  WeightedSum(std::span<const UnitSum> units, double extreme) {
    double rows = 0;
    for (const UnitSum& unit : units) {
      if (unit.rows == 0) continue;
      rows += unit.rows;
      add(unit, 1);
    }
    const double average = rows / static_cast<double>(units_.size());
    add({extreme * average, average}, kExtreme);
  }

  /// How many standard errors of a normal distribution the probability that the weighted mean is below `mean` is worth;
  /// grows with it.
  double errors_below(double mean) {
    double least = 0, largest = 0;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      values_[i] = units_[i].sum - mean * units_[i].rows;
      least = std::min(least, values_[i]);
      largest = std::max(largest, values_[i]);
    }
    if (largest <= 0) return kSurely;
    if (least >= 0) return -kSurely;
    const double s = saddlepoint(1 / least, 1 / largest);
    const Derivatives at = derivatives(s);
    const double u = s * std::sqrt(at.second);
    constexpr double kAtMean = 1e-3;
    if (std::abs(u) < kAtMean) {
      const Derivatives zero = derivatives(0);
      return zero.third / (6 * std::pow(zero.second, 1.5)) + u;
    }
    const double r = std::copysign(std::sqrt(2 * std::max(-generating(s), 0.0)), s);
    return r + std::log(u / r) / r;
  }

 private:
  struct Derivatives {  // of the cumulant generating function
    double first, second, third;
  };

  void add(const UnitSum& unit, double weight) {
    units_.push_back(unit);
    weights_.push_back(weight);
    values_.push_back(0);
  }
  double generating(double s) const {
    double sum = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) sum -= weights_[i] * std::log1p(-s * values_[i]);
    return sum;
  }
  Derivatives derivatives(double s) const {
    Derivatives found{0, 0, 0};
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double ratio = values_[i] / (1 - s * values_[i]);
      found.first += weights_[i] * ratio;
      found.second += weights_[i] * ratio * ratio;
      found.third += 2 * weights_[i] * ratio * ratio * ratio;
    }
    return found;
  }
  /// Where the first derivative is 0: Newton's steps, halved where they leave the bracket.
  double saddlepoint(double low, double high) const {
    constexpr double kClose = 1e-9;  // of a step, in standard deviations
    double s = 0;
    for (int i = 0; i < 60; ++i) {
      const Derivatives at = derivatives(s);
      (at.first > 0 ? high : low) = s;
      const double step = at.first / at.second, next = s - step;
      if (std::abs(step) * std::sqrt(at.second) < kClose) break;
      s = low < next && next < high ? next : (low + high) / 2;
    }
    return s;
  }

  std::vector<UnitSum> units_;
  std::vector<double> weights_, values_;
};

/// The mean in [0, most] at which errors_below() is `errors`: from `start` by growing steps until it is between two
/// points, then along the secant.
double solve(WeightedSum& weighted, double most, double errors, double start, double step) {
  constexpr double kClose = 1e-7;
  double low = 0, high = most, at_low = -kSurely, at_high = kSurely, at = std::clamp(start, low, high);
  for (int i = 0; i < 100; ++i) {
    const double found = weighted.errors_below(at);
    if (std::abs(found - errors) < kClose) break;
    (found < errors ? low : high) = at;
    (found < errors ? at_low : at_high) = found;
    const bool low_known = at_low > -kSurely, high_known = at_high < kSurely;
    const double middle = (low + high) / 2;
    if (low_known && high_known) {
      // every third step halves, so that an end that stays does not hold it up
      at = i % 3 == 2 ? middle : low + (high - low) * (errors - at_low) / (at_high - at_low);
    } else if (low_known || high_known) {
      at = low_known ? std::min(low + step, middle) : std::max(high - step, middle);
      step *= 2;
    } else {
      at = middle;
    }
  }
  return at;
}

}  // namespace

Estimate bounded_mean_interval(std::span<const UnitSum> units, double most, double level) {
  double sum = 0, rows = 0;
  for (const UnitSum& unit : units) sum += unit.sum, rows += unit.rows;
  if (rows == 0) {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    return {undefined, undefined, undefined};
  }
  const double mean = sum / rows, errors = normal_quantile((1 + level) / 2);
  double squares = 0;
  for (const UnitSum& unit : units) squares += std::pow(unit.sum - mean * unit.rows, 2);
  const double error = std::max(std::sqrt(squares) / rows, most / (4 * static_cast<double>(units.size())));
  WeightedSum with_least(units, 0), with_most(units, most);
  return {mean, std::min(mean, solve(with_least, most, -errors, mean - errors * error, error)),
          std::max(mean, solve(with_most, most, errors, mean + errors * error, error))};
}

}  // namespace flnas::metrics
