#include "harness/metrics/comparison/rank_correlation.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "harness/base/error.h"
#include "harness/base/random.h"

namespace {

using namespace flnas;
using Values = std::vector<double>;
using metrics::spearman;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

BOOST_AUTO_TEST_SUITE(rank_correlation)

// scipy.stats.spearmanr, SciPy 1.17.1.
BOOST_AUTO_TEST_CASE(correlations_are_those_of_scipy, *boost::unit_test::tolerance(1e-12)) {
  BOOST_TEST(spearman({1, 2, 3, 4, 5}, {5, 6, 7, 8, 7}) == 0.8207826816681233);
  BOOST_TEST(spearman({1, 1, 2, 2, 3, 3}, {6, 5, 4, 4, 2, 1}) == -0.970142500145332);
  BOOST_TEST(spearman({3.1, -2, 5.5, 5.5, 0.25, 7, -2, 1}, {1, 2, 2, 8, -4, 6.5, 0.5, 0.5}) == 0.6524390243902439);
}

BOOST_AUTO_TEST_CASE(any_increasing_function_gives_one, *boost::unit_test::tolerance(1e-12)) {
  BOOST_TEST(spearman({-kInfinity, 1, 2, 3}, {-5, 10, 100, kInfinity}) == 1.0);
  BOOST_TEST(spearman({1, 2, 3}, {-1, -10, -100}) == -1.0);
}

BOOST_AUTO_TEST_CASE(undefined_correlations_are_nan) {
  BOOST_TEST(std::isnan(spearman({1}, {1})));
  BOOST_TEST(std::isnan(spearman({1, 2, 3}, {4, 4, 4})));
  BOOST_TEST(std::isnan(spearman({1, std::nan(""), 3}, {4, 5, 6})));
  BOOST_CHECK_THROW(spearman({1, 2}, {1, 2, 3}), DataError);
}

BOOST_AUTO_TEST_CASE(the_interval_is_fishers_with_the_variance_of_ranks, *boost::unit_test::tolerance(1e-9)) {
  const auto found = metrics::spearman_interval({1, 2, 3, 4, 5}, {5, 6, 7, 8, 7});
  const double error = std::sqrt((1 + found.value * found.value / 2) / 2);
  BOOST_TEST(std::atanh(found.high) - std::atanh(found.value) == 1.959963984540054 * error);
  BOOST_TEST(std::atanh(found.value) - std::atanh(found.low) == 1.959963984540054 * error);
  BOOST_TEST(std::isnan(metrics::spearman_interval({1, 2, 3}, {1, 3, 2}).low));
  BOOST_TEST(std::isnan(metrics::spearman_interval({1, 2, 3, 4}, {1, 2, 3, 4}).low));
}

BOOST_AUTO_TEST_CASE(the_interval_covers_the_rank_correlation_of_the_population) {
  constexpr int kSamples = 2000;
  for (const double correlation : {0.0, 0.5, 0.8}) {
    const double truth = 6 / std::numbers::pi * std::asin(correlation / 2);  // of the normal distribution
    Random random(3);
    int covered = 0;
    for (int sample = 0; sample < kSamples; ++sample) {
      Values a, b;
      for (int i = 0; i < 10; ++i) {
        a.push_back(random.normal());
        b.push_back(correlation * a.back() + std::sqrt(1 - correlation * correlation) * random.normal());
      }
      const auto found = metrics::spearman_interval(a, b);
      covered += std::isnan(found.low) || (found.low <= truth && truth <= found.high) ? 1 : 0;
    }
    BOOST_TEST(covered >= 0.93 * kSamples, "correlation " << correlation << ": " << covered);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
