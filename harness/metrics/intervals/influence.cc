#include "harness/metrics/intervals/influence.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double sum_of_squares(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum;
}

double quantile_of(const Influence& figure, double level) { return student_t_of_tails(1 - level, freedom_of(figure)); }

}  // namespace

double standard_error(const Influence& figure) {
  if (std::isnan(figure.value) || figure.units < 2) return kUndefined;
  constexpr double kRounding = 1e-12;  // of values that do not vary
  const double error = std::sqrt(sum_of_squares(figure.of_unit) * figure.units / (figure.units - 1));
  return error < kRounding ? 0 : error;
}

double freedom_of(const Influence& figure) {
  const double squares = sum_of_squares(figure.of_unit);
  double fourths = 0;
  for (const double value : figure.of_unit) fourths += value * value * value * value;
  const double excess = fourths - squares * squares / std::max(figure.units, 1.0);
  const double found = excess > 0 ? 2 * squares * squares / excess : figure.freedom;
  return std::max(1.0, std::min(found, figure.freedom));
}

Estimate share_interval(const Influence& figure, double units_at_least, double level) {
  const double share = figure.value, error = standard_error(figure);
  if (std::isnan(share)) return {kUndefined, kUndefined, kUndefined};
  const bool varies = error > 0 && share > 0 && share < 1;
  const double rows = varies ? share * (1 - share) / (error * error) : units_at_least;
  const double t = varies ? quantile_of(figure, level) : normal_quantile((1 + level) / 2);
  const double middle = (share + t * t / (2 * rows)) / (1 + t * t / rows);
  const double half = t / (1 + t * t / rows) * std::sqrt(share * (1 - share) / rows + t * t / (4 * rows * rows));
  return {share, share == 0 ? 0.0 : std::max(0.0, middle - half), share == 1 ? 1.0 : std::min(1.0, middle + half)};
}

Estimate positive_interval(const Influence& figure, double most, double level) {
  const double error = standard_error(figure);
  if (std::isnan(error)) return {figure.value, kUndefined, kUndefined};
  if (figure.value <= 0 || error == 0) {
    const double z = normal_quantile((1 + level) / 2), others = z * z / (figure.units + z * z);
    return {figure.value, figure.value * (1 - others), figure.value + (most - figure.value) * others};
  }
  const double factor = std::exp(quantile_of(figure, level) * error / figure.value);
  return {figure.value, figure.value / factor, figure.value * factor};
}

Estimate signed_interval(const Influence& figure, double level) {
  const double error = standard_error(figure);
  if (std::isnan(error) || error == 0) return {figure.value, kUndefined, kUndefined};
  const double half = quantile_of(figure, level) * error;
  return {figure.value, figure.value - half, figure.value + half};
}

Difference difference(const Influence& first, const Influence& second, bool paired, double level) {
  Influence gap{first.value - second.value, first.of_unit, 0, 0};
  if (std::isnan(gap.value)) return {kUndefined, kUndefined, kUndefined, kUndefined};
  if (paired) {
    gap.units = std::max(first.units, second.units);
    gap.freedom = std::min(first.freedom, second.freedom);
    for (std::size_t unit = 0; unit < gap.of_unit.size(); ++unit) gap.of_unit[unit] -= second.of_unit[unit];
  } else {
    gap.units = first.units + second.units;
    gap.freedom = first.freedom + second.freedom;
    for (const double value : second.of_unit) gap.of_unit.push_back(-value);
  }
  const Estimate found = signed_interval(gap, level);
  const double error = standard_error(gap);
  const double p = std::isnan(error) ? kUndefined
                   : error == 0      ? (gap.value == 0 ? 1.0 : 0.0)
                                     : student_t_tails(gap.value / error, freedom_of(gap));
  return {found.value, found.low, found.high, p};
}

Influence mean_of(const std::vector<Influence>& figures) {
  Influence mean{0, {}, 0, 0};
  double count = 0;
  for (const Influence& figure : figures) {
    if (std::isnan(figure.value)) continue;
    ++count;
    mean.value += figure.value;
    mean.of_unit.resize(figure.of_unit.size());
    for (std::size_t unit = 0; unit < figure.of_unit.size(); ++unit) mean.of_unit[unit] += figure.of_unit[unit];
    mean.units = std::max(mean.units, figure.units);
    mean.freedom = std::max(mean.freedom, figure.freedom);  // the same lesions: as many more of them there are not
  }
  if (count == 0) return {kUndefined, {}, 0, 0};
  mean.value /= count;
  for (double& value : mean.of_unit) value /= count;
  return mean;
}

}  // namespace flnas::metrics
