#include "harness/metrics/comparison/paired.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/population.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

MetricSet<Difference> differences(const Outcomes& first, const Outcomes& second, int resamples = 2000) {
  const auto support = support_of(first, tally(first));
  const BootstrapConfig config{.resamples = resamples};
  return paired_difference(first, second, support, weigh(first, support, config), weigh(second, support, config));
}

/// The same rows, of which the first `wrong` are answered wrongly.
Outcomes wrong_at(const Outcomes& rows, std::size_t from, std::size_t to) {
  Outcomes answers = rows;
  for (std::size_t row = 0; row < rows.labels.size(); ++row) {
    answers.predictions[row] = from <= row && row < to ? 1 - rows.labels[row] : rows.labels[row];
  }
  return answers;
}

BOOST_AUTO_TEST_SUITE(paired_comparisons, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(with_a_row_a_lesion_it_is_mcnemars_test) {
  Random random(1);
  const Outcomes rows = test::Population{}.draw(200, random);
  const Outcomes first = wrong_at(rows, 0, 15), second = wrong_at(rows, 10, 15 + 20);  // 10 against 20 alone wrong
  BOOST_TEST(mcnemar_by_lesion(first, second) == mcnemar(20, 10));
  BOOST_TEST(mcnemar_by_lesion(first, first) == 1.0);
}

BOOST_AUTO_TEST_CASE(images_of_one_lesion_are_one_witness) {
  Random random(2);
  Outcomes rows = test::Population{}.draw(200, random);
  for (std::size_t row = 0; row < 200; ++row) rows.lesions[row] = static_cast<int>(row / 4);
  // the first alone is right on the 12 rows of 3 lesions: each sign of three is as likely, so that p is 2 / 8
  BOOST_TEST(mcnemar_by_lesion(rows = wrong_at(rows, 0, 0), wrong_at(rows, 0, 12)) == 0.25);
}

BOOST_AUTO_TEST_CASE(a_classifier_does_not_differ_from_itself) {
  Random random(3);
  const Outcomes rows = test::Population{}.draw(300, random);
  const auto set = differences(rows, rows, 100);
  int defined = 0;
  MetricSet<Difference>::for_each_value(set, [&](const Difference& gap) {
    if (std::isnan(gap.value)) return;
    ++defined;
    BOOST_TEST(gap.value == 0.0);
    BOOST_TEST(std::isnan(gap.low));  // rather than an interval of no width
    BOOST_TEST(std::isnan(gap.high));
    BOOST_TEST(gap.p == 1.0);
  });
  BOOST_TEST(defined > 5);
}

BOOST_AUTO_TEST_CASE(a_clear_difference_is_found_and_turned_round_by_turning_the_two) {
  Random random(4);
  const Outcomes rows = test::Population{}.draw(300, random);
  const Outcomes first = wrong_at(rows, 0, 30), second = wrong_at(rows, 0, 90);
  const auto gap = differences(first, second).accuracy, back = differences(second, first).accuracy;
  BOOST_TEST(gap.value == 0.2);
  BOOST_TEST(gap.low > 0.1);
  BOOST_TEST(gap.p == 1.0 / 2001);
  BOOST_TEST(back.low == -gap.high);
  BOOST_TEST(back.p == gap.p);
}

BOOST_AUTO_TEST_CASE(the_exchange_test_is_the_sign_test_for_accuracy) {
  Random random(5);
  const Outcomes rows = test::Population{}.draw(200, random);
  const Outcomes first = wrong_at(rows, 0, 12), second = wrong_at(rows, 12, 12 + 20);
  BOOST_TEST(std::abs(differences(first, second, 20000).accuracy.p - mcnemar(12, 20)) < 0.01);
}

BOOST_AUTO_TEST_CASE(draws_grow_with_the_comparisons) {
  BOOST_TEST(resamples_for(1) == 2000);
  for (const int comparisons : {28, 55, 300}) {
    BOOST_TEST(2.0 / (resamples_for(comparisons) + 1) * comparisons < 0.011);  // Holm's smallest p
  }
}

BOOST_AUTO_TEST_CASE(alike_models_on_copied_images_are_seldom_told_apart) {
  Random random(6);
  const test::Population copies{.rows_per_lesion = 2, .copying = 1};
  int accuracy = 0, fairness = 0;
  for (int sample = 0; sample < 200; ++sample) {
    const Outcomes first = copies.draw(300, random);
    Outcomes second = first;
    for (std::size_t row = 0; row < first.labels.size(); ++row) {  // a second answer of each lesion, copied too
      const bool copied = row > 0 && first.lesions[row] == first.lesions[row - 1];
      second.predictions[row] = copied ? second.predictions[row - 1]
                                       : (random.uniform() < copies.right ? first.labels[row] : 1 - first.labels[row]);
    }
    accuracy += mcnemar_by_lesion(first, second) < 0.05 ? 1 : 0;
    fairness += differences(first, second, 200).unfairness_sum.p < 0.05 ? 1 : 0;
  }
  // 5 % of 200 is 10; 3 standard errors above are 19
  BOOST_TEST(accuracy <= 19);
  BOOST_TEST(fairness <= 19);
}

BOOST_AUTO_TEST_CASE(an_interval_without_zero_goes_with_a_small_p) {
  Random random(6);
  for (int sample = 0; sample < 20; ++sample) {
    const Outcomes rows = test::Population{.rows_per_lesion = 3, .copying = 0.8}.draw(120, random);
    Outcomes second = rows;
    for (std::size_t row = 0; row < 40; ++row) second.predictions[row] = random.uniform() < 0.4 ? 0 : rows.labels[row];
    const auto found = differences(rows, second, 400);
    for (const Difference* each : {&found.accuracy, &found.balanced_accuracy, &found.unfairness_sum}) {
      const bool clear = each->low > 1e-9 || each->high < -1e-9;
      BOOST_TEST((!clear || each->p <= 0.05));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
