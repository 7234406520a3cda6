#include "harness/metrics/intervals/rate_interval.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

std::vector<int> own_lesions(std::size_t rows) {
  std::vector<int> lesions(rows);
  std::iota(lesions.begin(), lesions.end(), 0);
  return lesions;
}

std::vector<std::uint8_t> hits(std::size_t right, std::size_t wrong) {
  std::vector<std::uint8_t> found(right, 1);
  found.resize(right + wrong, 0);
  return found;
}

BOOST_AUTO_TEST_SUITE(intervals_of_rates, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(version_3_has_wilsons) {
  // Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29
  const auto check = [](std::size_t right, std::size_t rows, double low, double high) {
    const auto found = rate_interval(own_lesions(rows), hits(right, rows - right), 0.95, Rules::kVersion3);
    BOOST_TEST(std::abs(found.low - low) < 0.00005);
    BOOST_TEST(std::abs(found.high - high) < 0.00005);
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0.0000, 0.1611);
  check(1, 29, 0.0061, 0.1718);
}

BOOST_AUTO_TEST_CASE(they_are_agresti_and_coulls) {
  // computed apart, in Python, from the formula
  const auto check = [](std::size_t right, std::size_t rows, double low, double high) {
    const auto found = rate_interval(own_lesions(rows), hits(right, rows - right));
    BOOST_TEST(std::abs(found.low - low) < 0.00005);
    BOOST_TEST(std::abs(found.high - high) < 0.00005);
  };
  check(81, 263, 0.2552, 0.3663);
  check(15, 148, 0.0614, 0.1615);
  check(0, 20, 0.0000, 0.1898);
  check(12, 29, 0.2549, 0.5929);
}

BOOST_AUTO_TEST_CASE(they_end_short_of_0_and_1_where_hits_and_misses_were_seen) {
  // 1 of 10 is seen in 5 % of samples at a rate of 0.005129; Agresti and Coull's own end is below 0
  BOOST_TEST(rate_interval(own_lesions(10), hits(1, 9)).low == -std::log(0.95) / 10);
  BOOST_TEST(rate_interval(own_lesions(10), hits(9, 1)).high == 1 + std::log(0.95) / 10);
  BOOST_TEST(rate_interval(own_lesions(10), hits(0, 10)).low == 0.0);
}

/// The share of samples, of all that there are, whose interval holds the rate.
double coverage_of(double rate, int rows, Rules rules) {
  double sum = 0;
  for (int right = 0; right <= rows; ++right) {
    const auto hit = static_cast<std::size_t>(right), miss = static_cast<std::size_t>(rows - right);
    const auto found = rate_interval(own_lesions(hit + miss), hits(hit, miss), 0.95, rules);
    if (found.low > rate || rate > found.high) continue;
    sum += std::exp(std::lgamma(rows + 1) - std::lgamma(right + 1) - std::lgamma(rows - right + 1) +
                    right * std::log(rate) + (rows - right) * std::log1p(-rate));
  }
  return sum;
}

BOOST_AUTO_TEST_CASE(rates_near_0_are_held_where_wilsons_miss_them) {
  double least = 1, of_wilson = 1;
  for (const int rows : {30, 100}) {
    for (double rate = 0.001; rate < 0.5; rate *= 1.1) {
      least = std::min(least, coverage_of(rate, rows, Rules::kNewest));
      of_wilson = std::min(of_wilson, coverage_of(rate, rows, Rules::kVersion3));
    }
  }
  BOOST_TEST(least > 0.93);
  BOOST_TEST(of_wilson < 0.86);
}

BOOST_AUTO_TEST_CASE(rows_of_a_lesion_that_agree_are_worth_one) {
  std::vector<int> lesions;
  std::vector<std::uint8_t> hit;
  for (int lesion = 0; lesion < 100; ++lesion) {
    for (int row = 0; row < 4; ++row) {
      lesions.push_back(lesion);
      hit.push_back(lesion < 70 ? 1 : 0);
    }
  }
  const auto clustered = rate_interval(lesions, hit), single = rate_interval(own_lesions(100), hits(70, 30));
  BOOST_TEST(clustered.low == single.low, tt::tolerance(0.01));  // n / (n - 1) apart
  BOOST_TEST(clustered.high == single.high, tt::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(certainty_is_of_lesions) {
  const std::vector<int> lesions{0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
  const auto found = rate_interval(lesions, hits(10, 0));
  BOOST_TEST(found.value == 1.0);
  BOOST_TEST(found.high == 1.0);
  BOOST_TEST(found.low == rate_interval(own_lesions(2), hits(2, 0)).low);
  BOOST_TEST(std::isnan(rate_interval({}, {}).value));
}

BOOST_AUTO_TEST_CASE(a_mean_of_one_rate_is_that_rate_and_of_two_its_width_shrinks_by_root_two) {
  const Estimate rate{0.6, 0.5, 0.7};
  BOOST_TEST(mean_of({rate}).low == 0.5);
  const auto both = mean_of({rate, rate, {std::nan(""), std::nan(""), std::nan("")}});
  BOOST_TEST(both.value == 0.6);
  BOOST_TEST(both.low == 0.6 - 0.1 / std::sqrt(2.0));
  BOOST_TEST(both.high == 0.6 + 0.1 / std::sqrt(2.0));
  BOOST_TEST(std::isnan(mean_of({}).value));
}

BOOST_AUTO_TEST_CASE(normal_quantiles_are_the_tables) {
  BOOST_TEST(normal_quantile(0.975) == 1.959963984540054);
  BOOST_TEST(std::abs(normal_quantile(0.5)) < 1e-9);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
