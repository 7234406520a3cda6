#include "harness/metrics/intervals/gap_interval.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace flnas::metrics {
namespace {

constexpr double kClear = 2;   // standard errors
constexpr int kHalvings = 14;  // of the search for an end: to 1 / 16,384 of the value

/// The quantile of unsorted values, linear between neighbours; reorders them.
double quantile_of(std::vector<double>& values, double share) {
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), nth, values.end());
  if (below + 1 == values.size()) return *nth;
  const double above = *std::min_element(nth + 1, values.end());
  return *nth + (at - static_cast<double>(below)) * (above - *nth);
}

/// The sum at given true gaps plus the noise of each draw.
class Shifted {
 public:
  Shifted(const GapSum& sum, const NoisyGaps& noisy) : sum_(sum), noisy_(noisy) {
    for (const auto& noise : noisy.noise) {
      double squares = 0;
      for (const double value : noise) squares += value * value;
      errors_.push_back(std::sqrt(squares / static_cast<double>(noise.size())));
    }
  }

  const std::vector<double>& gaps() const { return noisy_.gaps; }
  double error(std::size_t gap) const { return errors_[gap]; }
  double value() const { return gap_sum(sum_, noisy_.gaps); }

  std::vector<double> draws(const std::vector<double>& truth) const {
    std::vector<double> values(noisy_.noise[0].size());
    for (const GapTerm& term : sum_) {
      const double* first = noisy_.noise[term.first].data();
      const double* second = noisy_.noise[term.second].data();
      const double at_first = truth[term.first], at_second = truth[term.second], weight = term.weight;
      if (term.first == term.second) {
        for (std::size_t b = 0; b < values.size(); ++b) values[b] += weight * std::abs(at_first + first[b]);
      } else {
        for (std::size_t b = 0; b < values.size(); ++b)
          values[b] += weight * std::max(std::abs(at_first + first[b]), std::abs(at_second + second[b]));
      }
    }
    return values;
  }
  double quantile(const std::vector<double>& truth, double share) const {
    auto values = draws(truth);
    return quantile_of(values, share);
  }
  double sum(const std::vector<double>& truth) const { return gap_sum(sum_, truth); }

  /// The most standard errors that a gap of the sum has.
  double largest() const {
    double most = 0;
    for (const GapTerm& term : sum_) {
      for (const std::size_t gap : {term.first, term.second}) {
        if (errors_[gap] > 0) most = std::max(most, std::abs(gaps()[gap]) / errors_[gap]);
      }
    }
    return most;
  }

 private:
  const GapSum& sum_;
  const NoisyGaps& noisy_;
  std::vector<double> errors_;
};

/// True gaps by one number, their sum growing with it.
using Family = std::function<std::vector<double>(double)>;

/// The observed gaps with `errors` standard errors more; of less, never past 0.
std::vector<double> moved(const Shifted& at, double errors) {
  auto truth = at.gaps();
  for (std::size_t gap = 0; gap < truth.size(); ++gap) {
    truth[gap] = std::copysign(std::max(std::abs(truth[gap]) + errors * at.error(gap), 0.0), truth[gap]);
  }
  return truth;
}

/// The sum of the family's member, between `from` and `to`, whose quantile is the observed value; of `from` where all
/// are larger.
double solve(const Shifted& at, const Family& family, double from, double to, double share, double value) {
  if (at.quantile(family(from), share) >= value) return at.sum(family(from));
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (from + to) / 2;
    (at.quantile(family(middle), share) < value ? from : to) = middle;
  }
  return at.sum(family((from + to) / 2));
}

/// The gaps that are themselves clear of 0, at one size within a term where they may be; others are 0.
std::vector<double> clear_gaps(const Shifted& at, const GapSum& sum) {
  std::vector<double> clear(at.gaps().size());
  const auto size = [&](std::size_t gap) { return std::abs(at.gaps()[gap]); };
  for (const GapTerm& term : sum) {
    const bool is_first = size(term.first) >= size(term.second);
    const std::size_t larger = is_first ? term.first : term.second, smaller = is_first ? term.second : term.first;
    if (size(larger) < kClear * at.error(larger)) continue;
    clear[larger] = at.gaps()[larger];
    const bool alike = size(larger) - size(smaller) < kClear * std::hypot(at.error(larger), at.error(smaller));
    if (smaller != larger && alike) clear[smaller] = std::copysign(size(larger), at.gaps()[smaller]);
  }
  return clear;
}

Family by_factor(std::vector<double> gaps) {
  return [gaps = std::move(gaps)](double factor) {
    auto truth = gaps;
    for (double& gap : truth) gap *= factor;
    return truth;
  };
}

/// The lowest sum, among families of true gaps, at which the quantile of the sum with noise is the observed value.
double lower_end(const Shifted& at, const GapSum& sum, double share, double value) {
  const double scaled = solve(at, by_factor(at.gaps()), 0, 1, share, value);
  if (scaled == 0) return 0;
  const auto less = [&](double errors) { return moved(at, errors); };
  const double lowest = std::min(scaled, solve(at, less, -at.largest(), 0, share, value));
  const auto clear = clear_gaps(at, sum);
  const double whole = at.sum(clear);
  return whole > 0 ? std::min(lowest, solve(at, by_factor(clear), 0, 1.5 * value / whole, share, value)) : lowest;
}

/// The mean of what the first and the last of these families say.
double debiased(const Shifted& at, const GapSum& sum, double value) {
  const double scaled = solve(at, by_factor(at.gaps()), 0, 1, 0.5, value);
  const auto clear = clear_gaps(at, sum);
  const double whole = at.sum(clear);
  if (scaled == 0 || whole == 0) return scaled;
  return (scaled + solve(at, by_factor(clear), 0, 1.5 * value / whole, 0.5, value)) / 2;
}

/// The observed value or, where that is less, what all but 16 % of fair samples show: less noise than usual does not
/// tell more of the truth. Source: power-constrained limits, Cowan, Cranmer, Gross and Vitells, arXiv 1105.3166.
double at_least_usual(const Shifted& at, double value) {
  return std::max(value, at.quantile(std::vector<double>(at.gaps().size()), 0.16));
}

/// The sum at which the family's quantile is the observed value, for members beyond `from`.
double upper_end(const Shifted& at, const Family& family, double from, double share, double value) {
  double step = 1, to = from + step;
  for (int i = 0; i < 20 && at.quantile(family(to), share) < value; ++i) to += (step *= 2);
  return solve(at, family, from, to, share, value);
}

/// Of each term its larger gap with `errors` standard errors more, the other one 0.
std::vector<double> larger_moved(const Shifted& at, const GapSum& sum, double errors) {
  const auto all = moved(at, errors);
  std::vector<double> truth(all.size());
  for (const GapTerm& term : sum) {
    const bool is_first = std::abs(at.gaps()[term.first]) >= std::abs(at.gaps()[term.second]);
    const std::size_t larger = is_first ? term.first : term.second;
    truth[larger] = all[larger];
  }
  return truth;
}

double highest_end(const Shifted& at, const GapSum& sum, double tail, double value, Rules rules) {
  const double shown = at_least_usual(at, value);
  const auto more = [&](double errors) { return moved(at, errors); };
  const double high = upper_end(at, more, 0, tail, shown);
  const bool pairs = std::any_of(sum.begin(), sum.end(), [](const GapTerm& term) { return term.first != term.second; });
  if (rules < Rules::kVersion3 || !pairs) return high;
  const auto larger = [&](double errors) { return larger_moved(at, sum, errors); };
  return std::max(high, upper_end(at, larger, 0, tail, shown));
}

}  // namespace

GapEstimate gap_interval(const GapSum& sum, const NoisyGaps& gaps, double level, Rules rules) {
  if (sum.empty()) {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    return {undefined, undefined, undefined, undefined};
  }
  const Shifted at(sum, gaps);
  const double tail = (1 - level) / 2, value = at.value();
  const double without_noise = std::min(debiased(at, sum, value), value);
  return {.value = value,
          .debiased = without_noise,
          .low = std::min(lower_end(at, sum, 1 - tail, value), without_noise),
          .high = std::max(highest_end(at, sum, tail, value, rules), value)};
}

}  // namespace flnas::metrics
