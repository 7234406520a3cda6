#include "harness/metrics/comparison/independent_means.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

std::vector<double> drawn(int n, double deviation, Random& random) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(deviation * random.normal());
  return values;
}

/// How often intervals contain the true difference, 0.
double coverage(int first, int second, double deviation) {
  constexpr int kDraws = 2000;
  Random random(mix_seed(static_cast<std::uint64_t>(first * 100 + second), 7));
  int covered = 0;
  for (int i = 0; i < kDraws; ++i) {
    const auto a = drawn(first, deviation, random), b = drawn(second, 1, random);
    covered += independent_means(a, b).p >= 0.05;
  }
  return covered / static_cast<double>(kDraws);
}

BOOST_AUTO_TEST_SUITE(independent_means_, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(a_difference_by_hand) {
  // Means 4 and 1; variances of the means 1 / 3 and 5 / 12; two degrees of freedom: t 4.302653.
  const Difference found = independent_means({3, 4, 5}, {-0.5, 0.5, 1.5, 2.5});
  const double error = std::sqrt(1.0 / 3 + 5.0 / 3 / 4);
  BOOST_TEST(found.value == 3.0);
  BOOST_TEST(found.low == 3 - 4.302652729911275 * error);
  BOOST_TEST(found.high == 3 + 4.302652729911275 * error);
  // With two degrees Student's distribution has a closed form: 1 - t / sqrt(2 + t^2).
  const double t = 3 / error;
  BOOST_TEST(found.p == 1 - t / std::sqrt(2 + t * t));
}

BOOST_AUTO_TEST_CASE(a_p_below_five_percent_goes_with_an_interval_without_zero) {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    const Difference found = independent_means(drawn(4, 1, random), drawn(9, 2, random));
    BOOST_TEST((found.p < 0.05) == (found.low > 0 || found.high < 0));
  }
}

BOOST_AUTO_TEST_CASE(samples_that_are_too_small_or_do_not_vary_have_no_interval) {
  BOOST_TEST(std::isnan(independent_means({}, {1, 2}).value));
  BOOST_TEST(independent_means({5}, {1, 2}).value == 3.5);
  BOOST_TEST(std::isnan(independent_means({5}, {1, 2}).low));
  BOOST_TEST(std::isnan(independent_means({5, 5}, {1, 1}).p));
}

BOOST_AUTO_TEST_CASE(the_interval_holds_of_few_against_many_whatever_the_variances_are) {
  for (const auto& [first, second] : {std::pair(2, 2), std::pair(2, 20), std::pair(3, 20), std::pair(6, 20)}) {
    for (const double deviation : {0.25, 1.0, 4.0}) {
      // At least 95 %; 2,000 draws have a standard error of half a point.
      BOOST_TEST(coverage(first, second, deviation) > 0.935, first << " against " << second << ", " << deviation);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
