#include "harness/metrics/rank_correlation.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "harness/base/error.h"

namespace {

using namespace flnas;
using Values = std::vector<double>;
using metrics::spearman;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

BOOST_AUTO_TEST_SUITE(rank_correlation)

BOOST_AUTO_TEST_CASE(equal_values_share_their_mean_rank) {
  BOOST_TEST(metrics::ranks({3, 1, 3, 2, 3}) == (Values{3, 0, 3, 1, 3}), boost::test_tools::per_element());
  BOOST_TEST(metrics::ranks({}).empty());
}

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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
