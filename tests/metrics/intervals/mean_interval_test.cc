#include "harness/metrics/intervals/mean_interval.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(mean_intervals, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(an_interval_by_hand) {
  // Mean 2, standard deviation 1, three values: 4.303 / sqrt(3) to either side.
  const MeanInterval interval = mean_interval({1, 2, 3});
  BOOST_TEST(interval.mean == 2.0);
  BOOST_TEST(interval.low == 2 - 4.303 / std::sqrt(3.0));
  BOOST_TEST(interval.high == 2 + 4.303 / std::sqrt(3.0));
  BOOST_TEST(interval.n == 3u);
}

BOOST_AUTO_TEST_CASE(many_values_take_the_normals_quantile) {
  std::vector<double> values(100, 0.0);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = 2;
  const double deviation = std::sqrt(100.0 / 99);
  BOOST_TEST(mean_interval(values).high == 1 + 1.96 * deviation / 10);
}

BOOST_AUTO_TEST_CASE(one_value_has_no_interval_and_none_no_mean) {
  BOOST_TEST(mean_interval({5}).mean == 5.0);
  BOOST_TEST(std::isnan(mean_interval({5}).low));
  BOOST_TEST(std::isnan(mean_interval({}).mean));
  BOOST_TEST(mean_interval({}).n == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
