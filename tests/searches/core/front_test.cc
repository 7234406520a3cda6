#include "searches/core/front.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace flnas;
using namespace flnas::searches;

namespace {

std::vector<Candidate> candidates(const Front& front) {
  std::vector<Candidate> found;
  for (const auto& member : front.members()) found.push_back(member.candidate);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(front)

BOOST_AUTO_TEST_CASE(a_front_keeps_what_nothing_dominates_in_order) {
  Front front;
  BOOST_TEST(front.add(1, {2, 2}));
  BOOST_TEST(!front.add(2, {3, 2}));
  BOOST_TEST(front.add(3, {1, 3}));
  BOOST_TEST(front.add(4, {2, 2}));  // equal: both stay
  BOOST_TEST(front.add(5, {2, 1}));  // dominates both
  BOOST_TEST(candidates(front) == (std::vector<Candidate>{3, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_grown_front_is_the_front_of_all_that_was_added) {
  Random random(1);
  for (int objectives = 1; objectives <= 4; ++objectives) {
    Front front;
    std::vector<metrics::Point> points;
    for (Candidate i = 0; i < 200; ++i) {
      metrics::Point point;
      for (int k = 0; k < objectives; ++k) point.push_back(static_cast<double>(random.below(20)));
      front.add(i, point);
      points.push_back(point);
    }
    auto grown = candidates(front);
    std::sort(grown.begin(), grown.end());
    const auto expected = metrics::pareto_front(points);
    BOOST_TEST(grown == std::vector<Candidate>(expected.begin(), expected.end()), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(ranks_and_crowding_by_hand) {
  // Rank 0: (0, 3), (1, 1), (3, 0); rank 1: (2, 3), (3, 2); rank 2: (4, 4).
  const std::vector<metrics::Point> points = {{1, 1}, {4, 4}, {0, 3}, {3, 2}, {3, 0}, {2, 3}};
  const auto ranks = ranks_of(points);
  BOOST_TEST(ranks == (std::vector<std::size_t>{0, 2, 0, 1, 0, 1}), boost::test_tools::per_element());
  const auto crowding = crowding_of(points, ranks);
  BOOST_TEST(crowding[0] == 2.0);  // 3 / 3 in each objective
  for (const std::size_t end : {1u, 2u, 3u, 4u, 5u}) BOOST_TEST(std::isinf(crowding[end]));
}

BOOST_AUTO_TEST_SUITE_END()
