#include "harness/metrics/intervals/estimate.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(estimates)

BOOST_AUTO_TEST_CASE(quantiles_are_linear_between_neighbours) {
  BOOST_TEST(quantile({1, 2, 4}, 0.5) == 2.0);
  BOOST_TEST(quantile({1, 2, 4}, 0.75) == 3.0);
  BOOST_TEST(quantile({1, 2, 4}, 1.0) == 4.0);
  BOOST_TEST(quantile({3}, 0.025) == 3.0);
  BOOST_TEST(std::isnan(quantile({}, 0.5)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
