#include "harness/metrics/figures/class_terms.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(class_by_class, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(rates_and_gaps_are_those_counted_by_hand) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  test::add(rows, 6, {0}, 1, 1);  // group 0: recall of malignant 6/8, taken for malignant 1/10 of the others
  test::add(rows, 2, {0}, 1, 0);
  test::add(rows, 1, {0}, 0, 1);
  test::add(rows, 9, {0}, 0, 0);
  test::add(rows, 1, {1}, 1, 1);  // group 1: 1/4 and 2/5
  test::add(rows, 3, {1}, 1, 0);
  test::add(rows, 2, {1}, 0, 1);
  test::add(rows, 3, {1}, 0, 0);
  const auto terms = class_terms(rows, tally(rows));
  BOOST_TEST(terms.recall[0][1] == 0.75);
  BOOST_TEST(terms.recall[1][1] == 0.25);
  BOOST_TEST(terms.recall[1][0] == 0.6);
  BOOST_TEST(terms.gaps[1].dtpr[0] == 0.5);
  BOOST_TEST(terms.gaps[1].dfpr[0] == 0.1 - 0.4);
  BOOST_TEST(terms.gaps[1].eopp2 == 0.3);
  BOOST_TEST(terms.gaps[1].eodd == 0.5);
  // of the other class the same gaps, exchanged, with the other sign
  BOOST_TEST(terms.gaps[0].dtpr[0] == 0.3);
  BOOST_TEST(terms.gaps[0].dfpr[0] == -0.5);
}

BOOST_AUTO_TEST_CASE(intervals_are_over_the_resamples_of_the_metrics) {
  Random random(11);
  const auto outcomes = test::random_outcomes(random, 2, true);
  const auto terms = bootstrap_class_terms(outcomes);
  const auto metrics = bootstrap(outcomes);
  const auto& positive = terms.gaps[static_cast<std::size_t>(outcomes.positive)];
  const auto same = [](const Estimate& a, const Estimate& b) {
    return a.value == b.value && ((std::isnan(a.low) && std::isnan(b.low)) || (a.low == b.low && a.high == b.high));
  };
  BOOST_TEST(same(positive.eodd, metrics.eodd));
  BOOST_TEST(same(positive.eopp1, metrics.eopp1));
  BOOST_TEST(same(positive.eopp2, metrics.eopp2));
}

BOOST_AUTO_TEST_CASE(a_class_that_a_group_has_not_is_undefined) {
  Outcomes rows = test::empty_outcomes({"a", "b", "c"});
  test::add(rows, 5, {0}, 0, 0);
  test::add(rows, 5, {1}, 1, 1);
  const auto terms = bootstrap_class_terms(rows);
  BOOST_TEST(std::isnan(terms.recall[0][1].value));
  BOOST_TEST(std::isnan(terms.gaps[0].dtpr[0].value));
  BOOST_TEST(std::isnan(terms.gaps[0].eopp1.value));
  BOOST_TEST(terms.recall[0][0].low == 1.0);
}

BOOST_AUTO_TEST_CASE(measured_terms_are_the_formulas_with_intervals_that_hold_them) {
  Random random(11);
  const Outcomes outcomes = test::random_outcomes(random, 3, true);
  const auto printed = class_terms(outcomes, tally(outcomes));
  const auto measured = measured_class_terms(outcomes, 0, {.resamples = 200});
  std::vector<double> values;
  ClassTerms<double>::for_each_value(printed, [&](double value) { values.push_back(value); });
  std::size_t at = 0;
  ClassTerms<Estimate>::for_each_value(measured, [&](const Estimate& estimate) {
    BOOST_TEST(estimate.value == values[at++], boost::test_tools::tolerance(1e-9));
    BOOST_TEST(estimate.low <= estimate.value + 1e-9);
    BOOST_TEST(estimate.high >= estimate.value - 1e-9);
  });
  BOOST_TEST(at == values.size());
}

BOOST_AUTO_TEST_CASE(a_gap_is_as_newcombes_and_one_of_few_rows_does_not_count) {
  // Newcombe's example, 56 of 70 against 48 of 80, with Agresti and Coull's intervals in place of Wilson's.
  Outcomes rows = test::empty_outcomes({"no", "yes"});
  test::add(rows, 56, {0}, 1, 1), test::add(rows, 14, {0}, 1, 0), test::add(rows, 9, {0}, 0, 0);
  test::add(rows, 48, {1}, 1, 1), test::add(rows, 32, {1}, 1, 0), test::add(rows, 40, {1}, 0, 0);
  const auto terms = measured_class_terms(rows, 10, {.resamples = 100});
  const Estimate& gap = terms.gaps[1].dtpr[0];
  BOOST_TEST(gap.value == 0.2, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(gap.low == 0.0515, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(gap.high == 0.3347, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(std::isnan(terms.gaps[1].dfpr[0].value));  // 9 men without
  BOOST_TEST(std::isnan(terms.gaps[1].eodd.value));
  BOOST_TEST(!std::isnan(terms.gaps[1].eopp1.value));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
