#include "harness/metrics/rates/support.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/metrics/rates/fairness.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

/// 100 people, of whom one is young and malignant, and missed.
Outcomes one_young_malignant() {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"}, true);
  for (const int sex : {0, 1}) {
    test::add(rows, 12, {sex, 0}, 0, 0);
    for (const int age : {1, 2}) {
      test::add(rows, 12, {sex, age}, 0, 0);
      test::add(rows, 8, {sex, age}, 1, 1);
      test::add(rows, 2, {sex, age}, 1, 0);
    }
  }
  test::add(rows, 1, {0, 0}, 1, 0);
  return rows;
}

BOOST_AUTO_TEST_SUITE(support_of_rates, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(one_image_does_not_decide_the_headline) {
  const Outcomes rows = one_young_malignant();
  const Tally counts = tally(rows);
  // TPR: young 0 of 1, middle and old 16 of 20, male 16 of 21, female 16 of 20; FPR is 0 throughout.
  const double sexes = std::abs(16.0 / 21 - 16.0 / 20);
  BOOST_TEST(evaluate(rows, counts).eodd == (sexes + 0.8 + 0.8 + 0) / 4);
  BOOST_TEST(evaluate(rows, counts, support_of(rows, counts, 0)).eodd == evaluate(rows, counts).eodd);
  BOOST_TEST(evaluate(rows, counts, support_of(rows, counts)).eodd == (sexes + 0) / 2);
}

BOOST_AUTO_TEST_CASE(what_lacks_support_is_named_with_its_count) {
  const Outcomes rows = one_young_malignant();
  const Tally counts = tally(rows);
  const TermUse use = term_use(rows, counts, support_of(rows, counts));
  BOOST_TEST(use.pairs == 4);
  BOOST_TEST(use.eodd == 2);
  BOOST_TEST(use.eopp1 == 2);
  BOOST_TEST(use.eopp2 == 4);
  BOOST_TEST(use.groups_used == 5);
  BOOST_REQUIRE(use.lacking.size() == 1u);
  BOOST_TEST(use.lacking[0].group == "young");
  BOOST_TEST(use.lacking[0].of_class == "malignant");
  BOOST_TEST(use.lacking[0].rate == "tpr");
  BOOST_TEST(use.lacking[0].rows == 1);
  BOOST_TEST(use.lacking[0].terms == 2);  // young with middle, young with old
}

BOOST_AUTO_TEST_CASE(a_rate_counts_from_the_least_number_of_rows_on) {
  const Outcomes rows = one_young_malignant();
  const Tally counts = tally(rows);
  BOOST_TEST(term_use(rows, counts, support_of(rows, counts, 20)).eopp1 == 2);
  BOOST_TEST(term_use(rows, counts, support_of(rows, counts, 21)).eopp1 == 0);
  BOOST_TEST(std::isnan(evaluate(rows, counts, support_of(rows, counts, 21)).eopp1));
}

BOOST_AUTO_TEST_CASE(a_small_group_is_neither_the_worst_nor_part_of_unfairness) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  test::add(rows, 90, {0}, 0, 0);
  test::add(rows, 10, {0}, 0, 1);
  test::add(rows, 5, {1}, 0, 1);
  const Tally counts = tally(rows);
  BOOST_TEST(evaluate(rows, counts).worst_group == 0.0);
  const auto supported = evaluate(rows, counts, support_of(rows, counts));
  BOOST_TEST(supported.worst_group == 0.9);
  BOOST_TEST(supported.unfairness_sum == 0.9 - 90.0 / 105);
  BOOST_TEST(supported.groups[1] == 0.0);  // its accuracy is shown
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
