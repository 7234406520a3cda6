#include "harness/base/format_us.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(format_us)

BOOST_AUTO_TEST_CASE(times_have_three_digits_and_the_unit_that_fits) {
  BOOST_TEST(flnas::format_us(0.512) == "0.51 us");
  BOOST_TEST(flnas::format_us(12.7516e3) == "12.8 ms");
  BOOST_TEST(flnas::format_us(999.4) == "999 us");
  BOOST_TEST(flnas::format_us(999.6) == "1.00 ms");
  BOOST_TEST(flnas::format_us(9.996e3) == "10.0 ms");
  BOOST_TEST(flnas::format_us(5.64e6) == "5.64 s");
}

BOOST_AUTO_TEST_SUITE_END()
