#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/metrics/rates/fairness.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

constexpr double kRounding = 1e-12;

BOOST_AUTO_TEST_SUITE(identities)

BOOST_AUTO_TEST_CASE(eodd_lies_between_the_larger_and_the_sum_of_eopp1_and_eopp2) {
  Random random(1);
  int tight = 0;
  for (int trial = 0; trial < 6000; ++trial) {
    const auto outcomes = test::random_outcomes(random, trial % 2 == 0 ? 2 : 8, true);
    const auto counts = tally(outcomes);
    const auto use = pair_use(outcomes, counts);
    BOOST_REQUIRE(use.eodd == use.pairs * use.classes);
    const auto set = evaluate(outcomes, counts);
    BOOST_REQUIRE(std::max(set.eopp1, set.eopp2) <= set.eodd + kRounding);
    BOOST_REQUIRE(set.eodd <= set.eopp1 + set.eopp2 + kRounding);
    tight += set.eodd > std::max(set.eopp1, set.eopp2) + kRounding ? 1 : 0;
  }
  BOOST_TEST(tight > 1000);  // the inequality is not an equality in disguise
}

BOOST_AUTO_TEST_CASE(the_gap_in_fpr_equals_the_gap_in_tnr) {
  Random random(2);
  for (int trial = 0; trial < 3000; ++trial) {
    const auto counts = tally(test::random_outcomes(random, 4, true));
    for (const auto& attribute : counts.groups) {
      for (std::size_t c = 0; c < 4; ++c) {
        const double fpr = std::abs(attribute[0].fpr(c) - attribute[1].fpr(c));
        const double tnr = std::abs(attribute[0].tnr(c) - attribute[1].tnr(c));
        BOOST_REQUIRE(std::abs(fpr - tnr) < kRounding);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(two_classes_have_equal_sums_of_tpr_and_tnr_gaps) {
  Random random(3);
  for (int trial = 0; trial < 3000; ++trial) {
    const auto outcomes = test::random_outcomes(random, 2, true);
    const auto set = evaluate(outcomes, tally(outcomes));
    BOOST_REQUIRE(std::abs(set.sum_abs_dtpr - set.sum_abs_dtnr) < kRounding);
    BOOST_REQUIRE(std::abs(set.sum_abs_dtpr - set.eopp1 - set.eopp2) < kRounding);
  }
}

BOOST_AUTO_TEST_CASE(a_perfect_classifier_has_no_gaps) {
  Random random(4);
  for (int trial = 0; trial < 500; ++trial) {
    auto outcomes = test::random_outcomes(random, 8, true);
    outcomes.predictions = outcomes.labels;
    const auto set = evaluate(outcomes, tally(outcomes));
    BOOST_REQUIRE(set.accuracy == 1.0);
    BOOST_REQUIRE(set.unfairness_sum == 0.0);
    BOOST_REQUIRE(set.eodd == 0.0);
    BOOST_REQUIRE(set.sum_abs_dtpr_plus_dfpr == 0.0);
  }
}

BOOST_AUTO_TEST_CASE(where_rates_are_missing_values_stay_in_range_or_undefined) {
  Random random(5);
  int undefined = 0;
  for (int trial = 0; trial < 5000; ++trial) {
    const auto outcomes = test::random_outcomes(random, 2 + trial % 7, false);
    const auto set = evaluate(outcomes, tally(outcomes));
    for (const double value :
         {set.accuracy, set.balanced_accuracy, set.worst_group, set.unfairness_mean, set.eodd, set.eopp1, set.eopp2}) {
      BOOST_REQUIRE((std::isnan(value) || (value >= 0 && value <= 1)));
      undefined += std::isnan(value) ? 1 : 0;
    }
    BOOST_REQUIRE(!(set.worst_group > set.accuracy && std::isnan(set.unknown)));
  }
  BOOST_TEST(undefined > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
