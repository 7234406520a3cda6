#include "harness/metrics/scores/ranks.h"

#include <boost/test/unit_test.hpp>

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(rank_values)

BOOST_AUTO_TEST_CASE(equal_values_share_their_mean_rank) {
  BOOST_TEST(ranks({3, 1, 3, 2, 3}) == (std::vector<double>{3, 0, 3, 1, 3}), boost::test_tools::per_element());
  BOOST_TEST(ranks({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
