#include "harness/metrics/comparison/two_level.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kTails = 0.05;

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? kNaN : sum / static_cast<double>(values.size());
}

/// With the divisor n - 1; NaN below two values.
double variance(const std::vector<double>& values) {
  if (values.size() < 2) return kNaN;
  const double middle = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - middle) * (value - middle);
  return squares / static_cast<double>(values.size() - 1);
}

/// The mean over the trainings on each draw; NaN where one is undefined.
std::vector<double> mean_draws(const Trainings& trainings) {
  std::vector<double> means;
  if (trainings.draws.empty()) return means;
  for (std::size_t b = 0; b < trainings.draws[0].size(); ++b) {
    double sum = 0;
    for (const auto& draws : trainings.draws) sum += draws[b];
    means.push_back(sum / static_cast<double>(trainings.draws.size()));
  }
  return means;
}

std::vector<double> defined(const std::vector<double>& values) {
  std::vector<double> found;
  for (const double value : values) {
    if (!std::isnan(value)) found.push_back(value);
  }
  return found;
}

/// A term of the value's variance, and how well it is known.
struct Term {
  double variance, freedom;
};

constexpr double kWellKnown = 1e9;  // degrees of freedom: the normal distribution

Term training_term(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  return {variance(values) / count, count - 1};
}

std::vector<double> values_of(const std::vector<Influence>& trainings) {
  std::vector<double> values;
  for (const Influence& each : trainings) values.push_back(each.value);
  return values;
}

Term sampling_term(const Influence& figure) {
  const double error = standard_error(figure);
  return {error * error, freedom_of(figure)};
}

/// Half the width of the interval that leaves out `tails`.
double half_width(const std::vector<Term>& terms, double tails) {
  double squares = 0;
  for (const Term& term : terms) {
    const double t = term.variance > 0 ? student_t_of_tails(tails, term.freedom) : 0;
    squares += t * t * term.variance;
  }
  return std::sqrt(squares);
}

/// The tails whose interval just reaches from the value to 0; undefined where nothing varies and yet they differ.
double p_value(double value, const std::vector<Term>& terms, Rules rules) {
  if (half_width(terms, 0.5) == 0) return value == 0 ? 1 : rules >= Rules::kVersion3 ? kNaN : 0;
  double low = 0, high = 1;
  for (int i = 0; i < 36; ++i) {
    const double middle = (low + high) / 2;
    (half_width(terms, middle) > std::abs(value) ? low : high) = middle;
  }
  return high;
}

/// With Welch's degrees of freedom.
Term sum_of(const Term& first, const Term& second) {
  const double sum = first.variance + second.variance;
  const double squares =
      first.variance * first.variance / first.freedom + second.variance * second.variance / second.freedom;
  return {sum, squares > 0 ? sum * sum / squares : first.freedom + second.freedom};
}

TwoLevel two_level_of(const std::vector<double>& values, const Term& sampling) {
  TwoLevel found{mean(values), kNaN, kNaN, std::sqrt(sampling.variance), std::sqrt(variance(values))};
  if (values.size() < 2 || std::isnan(sampling.variance)) return found;
  const double half = half_width({sampling, training_term(values)}, kTails);
  found.low = found.mean - half;
  found.high = found.mean + half;
  return found;
}

/// `sampling`: of the difference, paired by lesion.
Difference difference_of(const std::vector<double>& first, const std::vector<double>& second, const Term& sampling,
                         Rules rules) {
  const double value = mean(first) - mean(second);
  if (std::isnan(sampling.variance) || std::isnan(value)) return {value, kNaN, kNaN, kNaN};
  std::vector<Term> terms{sampling, training_term(first), training_term(second)};
  if (rules >= Rules::kVersion3) terms = {sampling, sum_of(terms[1], terms[2])};
  const double half = half_width(terms, kTails);
  return {value, value - half, value + half, p_value(value, terms, rules)};
}

}  // namespace

TwoLevel two_level(const Trainings& trainings) {
  return two_level_of(trainings.values, {variance(defined(mean_draws(trainings))), kWellKnown});
}

TwoLevel two_level(const std::vector<Influence>& trainings) {
  return two_level_of(values_of(trainings), sampling_term(mean_of(trainings)));
}

Difference two_level_difference(const Trainings& first, const Trainings& second, Rules rules) {
  if (first.values.size() < 2 || second.values.size() < 2) {
    return {mean(first.values) - mean(second.values), kNaN, kNaN, kNaN};
  }
  std::vector<double> draws = mean_draws(first);
  const std::vector<double> others = mean_draws(second);
  for (std::size_t b = 0; b < draws.size(); ++b) draws[b] -= others[b];
  return difference_of(first.values, second.values, {variance(defined(draws)), kWellKnown}, rules);
}

Difference two_level_difference(const std::vector<Influence>& first, const std::vector<Influence>& second) {
  const auto values = values_of(first), other_values = values_of(second);
  if (first.size() < 2 || second.size() < 2) return {mean(values) - mean(other_values), kNaN, kNaN, kNaN};
  Influence gap = mean_of(first);
  const Influence other = mean_of(second);
  if (std::isnan(gap.value) || std::isnan(other.value)) return {kNaN, kNaN, kNaN, kNaN};
  for (std::size_t unit = 0; unit < gap.of_unit.size(); ++unit) gap.of_unit[unit] -= other.of_unit[unit];
  gap.freedom = std::min(gap.freedom, other.freedom);
  return difference_of(values, other_values, sampling_term(gap), Rules::kNewest);
}

}  // namespace flnas::metrics
