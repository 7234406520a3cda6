#include "harness/metrics/two_level.h"

#include <cmath>
#include <limits>

#include "harness/metrics/student_t.h"

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

Term training_term(const Trainings& trainings) {
  const auto count = static_cast<double>(trainings.values.size());
  return {variance(trainings.values) / count, count - 1};
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

/// The tails whose interval just reaches from the value to 0.
double p_value(double value, const std::vector<Term>& terms) {
  if (half_width(terms, 0.5) == 0) return value == 0 ? 1 : 0;
  double low = 0, high = 1;
  for (int i = 0; i < 36; ++i) {
    const double middle = (low + high) / 2;
    (half_width(terms, middle) > std::abs(value) ? low : high) = middle;
  }
  return high;
}

}  // namespace

TwoLevel two_level(const Trainings& trainings) {
  const double sampling = variance(defined(mean_draws(trainings)));
  TwoLevel found{mean(trainings.values), kNaN, kNaN, std::sqrt(sampling), std::sqrt(variance(trainings.values))};
  if (trainings.values.size() < 2) return found;
  if (std::isnan(sampling)) return found;
  const double half = half_width({{sampling, kWellKnown}, training_term(trainings)}, kTails);
  found.low = found.mean - half;
  found.high = found.mean + half;
  return found;
}

TwoLevelDifference two_level_difference(const Trainings& first, const Trainings& second) {
  TwoLevelDifference found{mean(first.values) - mean(second.values), kNaN, kNaN, kNaN};
  if (first.values.size() < 2 || second.values.size() < 2) return found;
  std::vector<double> draws = mean_draws(first);
  const std::vector<double> others = mean_draws(second);
  for (std::size_t b = 0; b < draws.size(); ++b) draws[b] -= others[b];
  const double sampling = variance(defined(draws));
  if (std::isnan(sampling) || std::isnan(found.value)) return found;
  const std::vector<Term> terms{{sampling, kWellKnown}, training_term(first), training_term(second)};
  const double half = half_width(terms, kTails);
  return {found.value, found.value - half, found.value + half, p_value(found.value, terms)};
}

}  // namespace flnas::metrics
