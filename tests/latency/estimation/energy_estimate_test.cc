#include "harness/latency/estimation/energy_estimate.h"

#include <boost/test/unit_test.hpp>

using namespace flnas;

BOOST_AUTO_TEST_SUITE(energy_estimate)

BOOST_AUTO_TEST_CASE(energy_is_that_of_the_multiply_accumulates_and_of_reading_each_weight_once) {
  const auto near = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(estimated_energy_mj(1'000'000'000, 0) == 4.6, near);
  BOOST_TEST(estimated_energy_mj(0, 1'000'000) == 0.64, near);
  BOOST_TEST(estimated_energy_mj(1'000'000'000, 1'000'000) == 5.24, near);
}

BOOST_AUTO_TEST_SUITE_END()
