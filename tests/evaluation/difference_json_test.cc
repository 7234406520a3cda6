#include "harness/evaluation/difference_json.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace flnas;

BOOST_AUTO_TEST_SUITE(difference_json_, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(what_is_undefined_is_null) {
  const Json found = difference_json({0.25, std::nan(""), 0.5, std::nan("")});
  BOOST_TEST(found.dump() == R"({"value":0.25,"low":null,"high":0.5,"p":null})");
}

BOOST_AUTO_TEST_CASE(tests_of_one_family_are_corrected_for_those_that_have_a_p) {
  // Of three: 0.01 x 3, 0.03 x 2, and 0.04 x 1, which may not fall below the one before it.
  std::vector<Json> found{{{"p", 0.01}}, {{"p", 0.04}}, {{"p", nullptr}}, {{"p", 0.03}}};
  add_holm({&found[0], &found[1], &found[2], &found[3]});
  BOOST_TEST(found[0].at("p_holm").get<double>() == 0.03);
  BOOST_TEST(found[1].at("p_holm").get<double>() == 0.06);
  BOOST_TEST(found[2].at("p_holm").is_null());
  BOOST_TEST(found[3].at("p_holm").get<double>() == 0.06);
  add_holm({});
}

BOOST_AUTO_TEST_SUITE_END()
