#include "harness/metrics/scores/operating_point.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "harness/base/error.h"

namespace {

using flnas::metrics::choose_operating_point;

auto choose(const std::vector<double>& scores, const std::vector<std::uint8_t>& positive) {
  return choose_operating_point(scores, positive);
}

BOOST_AUTO_TEST_SUITE(operating_point, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(the_best_balanced_accuracy_is_found_half_way_between_scores) {
  // From 0.35 on: both positives, one of three negatives.
  const auto point = choose({0.4, 0.9, 0.1, 0.3, 0.6}, {1, 1, 0, 0, 0});
  BOOST_TEST(point->threshold == 0.35);
  BOOST_TEST(point->balanced_accuracy == (1 + 2.0 / 3) / 2);
}

BOOST_AUTO_TEST_CASE(of_equally_good_thresholds_the_one_nearest_to_a_half_is_taken) {
  // +, -, +, - from the lowest: thresholds 0.2 and 0.7 are both at 3/4 ... and 0.2 keeps both positives.
  const auto point = choose({0.1, 0.3, 0.6, 0.8}, {0, 1, 0, 1});
  BOOST_TEST(point->balanced_accuracy == 0.75);
  BOOST_TEST(point->threshold == 0.7);
}

BOOST_AUTO_TEST_CASE(a_useless_score_gives_a_half_and_one_kind_alone_nothing) {
  BOOST_TEST(choose({1, 1}, {0, 1})->balanced_accuracy == 0.5);
  BOOST_TEST(choose({0.9, 0.1}, {0, 1})->balanced_accuracy == 0.5);
  BOOST_TEST(!choose({1, 2}, {1, 1}));
  BOOST_TEST(!choose({}, {}));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_an_error) {
  BOOST_CHECK_THROW(choose({1}, {1, 0}), flnas::DataError);
  BOOST_CHECK_THROW(choose({1, std::nan("")}, {1, 0}), flnas::DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
