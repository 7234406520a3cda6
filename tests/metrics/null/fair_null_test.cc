#include "harness/metrics/null/fair_null.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/population.h"

namespace flnas::metrics {
namespace {

NoiseFloor null_of(const Outcomes& rows, int draws = 400) {
  return fair_null(rows, support_of(rows, tally(rows)), {.draws = draws, .seed = 7});
}

BOOST_AUTO_TEST_SUITE(fair_null_by_lesion)

BOOST_AUTO_TEST_CASE(images_that_are_copied_raise_the_floor) {
  Random random(1);
  const Outcomes single = test::Population{}.draw(600, random);
  const Outcomes copied = test::Population{.rows_per_lesion = 4, .copying = 1}.draw(600, random);
  // four rows that agree are worth one: the noise is twice as large (lesions of 1 to 7 rows: a little more)
  const double ratio = null_of(copied).unfairness_sum.mean / null_of(single).unfairness_sum.mean;
  BOOST_TEST(ratio > 1.7);
  BOOST_TEST(ratio < 2.9);
}

BOOST_AUTO_TEST_CASE(a_fair_model_is_within_it_as_often_as_it_says) {
  Random random(2);
  const test::Population copies{.rows_per_lesion = 2, .copying = 1};
  int rejected = 0;
  for (int sample = 0; sample < 150; ++sample) rejected += null_of(copies.draw(300, random), 99).eodd.p <= 0.05 ? 1 : 0;
  BOOST_TEST(rejected <= 15);  // 5 % of 150 is 7.5; 3 standard errors above are 15.5
}

/// Groups with other shares of the class in which the model is right less often: alike in all of them, class by class.
Outcomes treated_alike(Random& random) {
  Outcomes rows = test::Population{}.draw(400, random);  // old people have more of class 1
  for (std::size_t row = 0; row < rows.labels.size(); ++row) {
    const bool right = random.uniform() < (rows.labels[row] == 1 ? 0.5 : 0.95);
    rows.predictions[row] = right ? rows.labels[row] : 1 - rows.labels[row];
  }
  return rows;
}

BOOST_AUTO_TEST_CASE(the_mix_of_classes_is_no_unfairness) {
  Random random(5);
  int rejected = 0, before = 0;
  for (int sample = 0; sample < 100; ++sample) {
    const Outcomes rows = treated_alike(random);
    const auto support = support_of(rows, tally(rows));
    rejected += fair_null(rows, support, {.draws = 99}).unfairness_sum.p <= 0.05 ? 1 : 0;
    before += fair_null(rows, support, {.draws = 99}, Rules::kVersion2).unfairness_sum.p <= 0.05 ? 1 : 0;
  }
  BOOST_TEST(rejected <= 12);  // 5, and three standard errors
  BOOST_TEST(before >= 20);    // that null asked whether accuracy depends on the group
  Outcomes constant = treated_alike(random);
  for (int& prediction : constant.predictions) prediction = 0;
  BOOST_TEST(null_of(constant).unfairness_sum.p == 1.0);
}

BOOST_AUTO_TEST_CASE(an_unfair_model_is_beyond_it) {
  Random random(3);
  const auto floor = null_of(test::Population{.sex_gap = 0.4}.draw(600, random));
  BOOST_TEST(floor.unfairness_sum.p < 0.01);
  BOOST_TEST(floor.eodd.p < 0.01);
  BOOST_TEST(floor.eodd.observed > floor.eodd.high);
}

BOOST_AUTO_TEST_CASE(several_trainings_are_exchanged_together) {
  Random random(4);
  const Outcomes first = test::Population{}.draw(300, random);
  const auto support = support_of(first, tally(first));
  const NoiseConfig few{.draws = 99};
  const auto one = fair_null(first, support, few);
  const auto same = fair_null(std::vector<Outcomes>{first, first}, support, few);
  BOOST_TEST(same.eodd.mean == one.eodd.mean);
  BOOST_TEST(same.eodd.p == one.eodd.p);
  // Two independent classifiers: the mean of both has less noise at its upper end.
  Outcomes second = first;
  for (std::size_t row = 0; row < second.labels.size(); ++row) {
    second.predictions[row] = test::Population{}.answer_of(0, 1, second.labels[row], random);
  }
  const auto both = fair_null(std::vector<Outcomes>{first, second}, support, few);
  BOOST_TEST(both.unfairness_sum.high < one.unfairness_sum.high);
  second.labels[0] = 1 - second.labels[0];
  BOOST_CHECK_THROW(fair_null(std::vector<Outcomes>{first, second}, support, few), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
