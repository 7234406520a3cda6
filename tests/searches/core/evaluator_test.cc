#include "searches/core/evaluator.h"

#include <boost/test/unit_test.hpp>

#include "tests/searches/fixture.h"

using namespace flnas;
using namespace flnas::tests;

namespace {

Evaluation timed(const std::string& mark, double low, double high) {
  Evaluation evaluation = evaluated("d001", 0.1, 0.7, 0.7, 1);
  evaluation.cost.target = "pi4";
  evaluation.cost.latency_mark = mark;
  evaluation.cost.latency_us = 100;
  if (low > 0) evaluation.cost.latency_low_us = low, evaluation.cost.latency_high_us = high;
  return evaluation;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evaluator)

BOOST_AUTO_TEST_CASE(where_costs_come_from_and_how_well_they_are_known_follows_from_their_marks) {
  const CnnSpace space = cnn_space();
  const FormulaEvaluator evaluator(space);
  BOOST_TEST(evaluator.cost_source({}) == "");
  BOOST_TEST(evaluator.cost_source({evaluated("d001", 0.1, 0.7, 0.7, 1)}) == "");
  BOOST_TEST(evaluator.cost_source({timed("measured", 98, 102), timed("measured", 96, 104)}) ==
             "latencies are measured on pi4, medians with 95 % intervals of +- 3.0 % on average.");
  Evaluation scattered = timed("measured", 0, 0);
  scattered.cost.latency_reason = "times scattered";
  BOOST_TEST(evaluator.cost_source({timed("measured", 0, 0), scattered}) ==
             "latencies are measured on pi4; 1 unreliable: the machine was busy, or the times scattered.");
  BOOST_TEST(evaluator.cost_source({timed("estimated", 50, 150)}) ==
             "latencies are estimated for pi4 from counted operations, not measured, with an error of +- 50.0 % on "
             "average: their order is right more often than their value.");
}

BOOST_AUTO_TEST_SUITE_END()
