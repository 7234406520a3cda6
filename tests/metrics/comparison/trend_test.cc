#include "harness/metrics/comparison/trend.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"
#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(trend, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(without_sampling_noise_it_is_the_t_interval_of_least_squares) {
  // x 1, 2, 3, 4 and y 1, 3, 2, 5: slope 1.1; residual variance 1.35, its error sqrt(1.35 / 5), t(2) = 4.3026527.
  const std::vector<double> y{1, 3, 2, 5};
  const auto found = trend_over({1, 2, 3, 4}, y, {{1, 1}, {3, 3}, {2, 2}, {5, 5}});
  BOOST_TEST(found.slope == 1.1);
  BOOST_TEST(found.residual_sd == std::sqrt(1.35));
  BOOST_TEST(found.sampling_sd == 0);
  BOOST_TEST(found.high - 1.1 == 4.302652729911275 * std::sqrt(0.27));
  BOOST_TEST(found.p == 0.168478159, boost::test_tools::tolerance(1e-5));  // t = 2.11695
}

BOOST_AUTO_TEST_CASE(what_lesions_do_to_all_alike_moves_no_slope) {
  const auto found = trend_over({0, 1, 2}, {0, 1, 2}, {{5, -5, 1}, {6, -4, 2}, {7, -3, 3}});
  BOOST_TEST(found.slope == 1);
  BOOST_TEST(found.sampling_sd == 0);
}

BOOST_AUTO_TEST_CASE(two_classifiers_or_one_size_have_no_trend) {
  BOOST_TEST(std::isnan(trend_over({0, 1}, {0, 1}, {{0}, {1}}).slope));
  BOOST_TEST(std::isnan(trend_over({2, 2, 2}, {0, 1, 2}, {{0}, {1}, {2}}).slope));
  BOOST_CHECK_THROW(trend_over({0, 1, 2}, {0, 1}, {{0}, {1}}), DataError);
}

BOOST_AUTO_TEST_CASE(it_covers_a_slope_over_other_classifiers_and_other_lesions) {
  // Figures: slope 0.3 times x, an own part of each classifier (sd 0.1), and lesions: a part common to all, one that
  // grows with x (sd 0.1) and one of each alone (sd 0.1).
  constexpr int kSamples = 1000, kModels = 8, kDraws = 200;
  Random random(11);
  std::vector<double> x;
  for (int m = 0; m < kModels; ++m) x.push_back(m / 4.0 - 1);
  int covered = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    const double common = random.normal(), growing = 0.1 * random.normal();
    std::vector<double> values;
    std::vector<std::vector<double>> draws(kModels);
    for (int m = 0; m < kModels; ++m) {
      values.push_back(0.3 * x[m] + 0.1 * random.normal() + common + growing * x[m] + 0.1 * random.normal());
    }
    for (int b = 0; b < kDraws; ++b) {
      const double again = random.normal(), grown = 0.1 * random.normal();
      for (int m = 0; m < kModels; ++m) {
        draws[m].push_back(values[m] + again + grown * x[m] + 0.1 * random.normal());
      }
    }
    const auto found = trend_over(x, values, draws);
    covered += found.low <= 0.3 && 0.3 <= found.high ? 1 : 0;
  }
  BOOST_TEST(covered >= 0.93 * kSamples, covered);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
