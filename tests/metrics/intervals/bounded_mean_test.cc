#include "harness/metrics/intervals/bounded_mean.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

/// A row each.
std::vector<UnitSum> rows_of(std::size_t ones, std::size_t zeros) {
  std::vector<UnitSum> units(ones, {1, 1});
  units.insert(units.end(), zeros, {0, 1});
  return units;
}

BOOST_AUTO_TEST_SUITE(intervals_of_bounded_means)

BOOST_AUTO_TEST_CASE(of_zeros_and_ones_they_are_quantiles_of_beta_distributions) {
  // of (3, 17.5) and (3.5, 17), of (0.5, 10): by integration
  const auto some = bounded_mean_interval(rows_of(3, 17), 1);
  BOOST_TEST(some.value == 0.15, tt::tolerance(1e-12));
  BOOST_TEST(some.low == 0.0329, tt::tolerance(0.02));
  BOOST_TEST(some.high == 0.3562, tt::tolerance(0.02));
  const auto none = bounded_mean_interval(rows_of(0, 10), 1);
  BOOST_TEST(none.low == 0);
  BOOST_TEST(none.high == 0.2270, tt::tolerance(0.02));
}

BOOST_AUTO_TEST_CASE(of_many_rows_they_are_the_normal_distributions) {
  Random random(1);
  std::vector<UnitSum> units;
  double sum = 0, squares = 0;
  constexpr int kRows = 4000;
  for (int row = 0; row < kRows; ++row) {
    const double value = random.uniform() * random.uniform();
    units.push_back({value, 1});
    sum += value, squares += value * value;
  }
  const double mean = sum / kRows, error = std::sqrt((squares / kRows - mean * mean) / kRows);
  const auto found = bounded_mean_interval(units, 1);
  BOOST_TEST(found.value == mean, tt::tolerance(1e-12));
  BOOST_TEST(found.low == mean - 1.96 * error, tt::tolerance(0.005));
  BOOST_TEST(found.high == mean + 1.96 * error, tt::tolerance(0.005));
}

BOOST_AUTO_TEST_CASE(rows_of_one_lesion_that_agree_add_nothing_and_the_unit_of_values_does_not_matter) {
  std::vector<UnitSum> single{{0.1, 1}, {0.4, 1}, {0.9, 1}, {0.2, 1}}, thrice, doubled;
  for (const auto& [sum, rows] : single) thrice.push_back({3 * sum, 3 * rows}), doubled.push_back({2 * sum, rows});
  const auto one = bounded_mean_interval(single, 1), three = bounded_mean_interval(thrice, 1);
  BOOST_TEST(one.low == three.low, tt::tolerance(1e-9));
  BOOST_TEST(one.high == three.high, tt::tolerance(1e-9));
  BOOST_TEST(bounded_mean_interval(doubled, 2).high == 2 * one.high, tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(without_rows_there_is_none) { BOOST_TEST(std::isnan(bounded_mean_interval({}, 1).low)); }

BOOST_AUTO_TEST_CASE(of_few_squares_that_are_nearly_all_0_they_hold_the_mean) {
  // Squares of a good and overconfident model: a logistic function of 5 x (3 and twice the noise of a class), of 24
  // rows. 300 samples at 95 %: 285, standard deviation 3.8. Student's interval of the logarithm holds 57 %.
  constexpr double kMean = 0.0133;  // of four million rows
  Random random(5);
  int held = 0;
  for (int sample = 0; sample < 300; ++sample) {
    std::vector<UnitSum> units;
    for (int row = 0; row < 24; ++row) {
      const double wrong = 1 / (1 + std::exp(5 * (3 + random.normal() - random.normal())));
      units.push_back({wrong * wrong, 1});
    }
    const auto found = bounded_mean_interval(units, 1);
    held += found.low <= kMean && kMean <= found.high ? 1 : 0;
  }
  BOOST_TEST(held >= 276);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
