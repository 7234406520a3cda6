#include "searches/strategies/fahana.h"

#include <boost/test/unit_test.hpp>

#include "tests/searches/fixture.h"

using namespace flnas;
using namespace flnas::tests;

BOOST_AUTO_TEST_SUITE(fahana)

BOOST_AUTO_TEST_CASE(the_reward_adds_accuracy_and_subtracts_unfairness_and_lateness) {
  const auto near = boost::test_tools::tolerance(1e-12);
  Evaluation evaluation = evaluated("d", 0.2, 0.9, 0.7, 1);
  BOOST_TEST(fahana_reward(evaluation, {}, {}) == 0.7 - 0.5 * 0.2, near);
  evaluation.cost.latency_us = 3000;
  BOOST_TEST(fahana_reward(evaluation, {}, 2000) == 0.7 - 0.5 * 0.2 - 0.5 * 0.5, near);
  BOOST_TEST(fahana_reward(evaluation, {}, 4000) == 0.7 - 0.5 * 0.2, near);
  evaluation.scores.balanced_accuracy.reset();  // of a table
  evaluation.scores.unfairness_sum.reset();
  BOOST_TEST(fahana_reward(evaluation, {}, {}) == 0.9, near);
  evaluation.status = kFailed;
  BOOST_TEST(fahana_reward(evaluation, {}, {}) == -1);
}

BOOST_AUTO_TEST_CASE(by_objectives_the_reward_is_1_for_the_best_in_all_of_them_and_0_for_the_worst) {
  const metrics::Bounds range = metrics::bounds_of({{0.1, 100}, {0.3, 500}});
  const auto near = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(objectives_reward({0.1, 100}, range) == 1.0, near);
  BOOST_TEST(objectives_reward({0.3, 500}, range) == 0.0);
  BOOST_TEST(objectives_reward({0.2, 500}, range) == 0.25, near);
}

BOOST_AUTO_TEST_SUITE_END()
