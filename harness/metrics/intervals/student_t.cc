#include "harness/metrics/intervals/student_t.h"

#include <cmath>
#include <initializer_list>

namespace flnas::metrics {
namespace {

/// The continued fraction of the incomplete beta function, by Lentz's method.
double fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), result = d;
  for (int m = 1; m <= 10000; ++m) {
    for (const double term : {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                              -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      result *= d * c;
    }
    if (std::abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
}

}  // namespace

double student_t_tails(double t, double freedom) {
  if (std::isinf(t)) return 0;
  return freedom >= 1e6 ? std::erfc(std::abs(t) / std::sqrt(2.0))
                        : incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

double student_t_of_tails(double share, double freedom) {
  double low = 0, high = 1;
  while (student_t_tails(high, freedom) > share && high < 1e12) high *= 2;
  for (int i = 0; i < 60 && high - low > 1e-13 * high; ++i) {
    const double middle = (low + high) / 2;
    (student_t_tails(middle, freedom) > share ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace flnas::metrics
