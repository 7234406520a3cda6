#include "harness/metrics/figures/figures.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/population.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

/// Calls visit(value, low, high) for every defined figure.
template <class Visit>
void for_each_defined(const Measured& measured, Visit&& visit) {
  MetricSet<Figure>::for_each_value(measured.set, [&](const Figure& figure) {
    if (!std::isnan(figure.value)) visit(figure);
  });
}

BOOST_AUTO_TEST_SUITE(measured_figures)

BOOST_AUTO_TEST_CASE(every_interval_contains_its_value) {
  Random random(5);
  for (const int classes : {2, 8}) {
    for (const int rows : {4, 30, 300}) {
      for (const int least : {0, 10}) {
        test::Population people{.classes = classes};
        const auto measured = measure(people.draw(rows, random), least, {.resamples = 200});
        for_each_defined(measured, [](const Figure& figure) {
          BOOST_TEST(figure.low <= figure.value);
          BOOST_TEST(figure.value <= figure.high);
          if (std::isnan(figure.debiased)) return;
          BOOST_TEST(figure.low <= figure.debiased);
          BOOST_TEST(figure.debiased <= figure.value);
        });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(where_every_term_counts_the_value_is_the_printed_formula_to_the_last_digit) {
  Random random(10);
  const auto measured = measure(test::Population{}.draw(3000, random), kMinSupport, {.resamples = 20});
  MetricSet<Figure>::for_each_gap(measured.set,
                                  [](const Figure& figure) { BOOST_TEST((figure.value == figure.printed)); });
}

Outcomes all_predicted_as_one_class() {
  Random random(6);
  test::Population people{.classes = 8};
  Outcomes rows = people.draw(400, random);
  for (int& prediction : rows.predictions) prediction = 1;
  return rows;
}

BOOST_AUTO_TEST_CASE(of_rules_to_all_rows_the_recalls_are_0_and_1_and_not_certain) {
  const auto set = measure(all_predicted_as_one_class(), kMinSupport, {.resamples = 200}).set;
  BOOST_TEST(set.recall[0].value == 0.0);
  BOOST_TEST(set.recall[0].low == 0.0);
  BOOST_TEST(set.recall[0].high > 0.01);
  BOOST_TEST(set.recall[1].value == 1.0);
  BOOST_TEST(set.recall[1].low < 0.99);
  BOOST_TEST(set.recall[1].high == 1.0);
  BOOST_TEST(set.balanced_accuracy.low < 0.125);
  BOOST_TEST(set.balanced_accuracy.high > 0.125);
  BOOST_TEST(set.eodd.value == 0.0);
  BOOST_TEST(set.eodd.low == 0.0);
  BOOST_TEST(set.eodd.high > 0.01);
}

BOOST_AUTO_TEST_CASE(version_2_took_rules_to_all_rows_as_certain) {
  const auto set = measure(all_predicted_as_one_class(), kMinSupport, {.resamples = 200}, Rules::kVersion2).set;
  BOOST_TEST(set.recall[1].low == 1.0);
  BOOST_TEST(set.balanced_accuracy.value == 0.125);
  BOOST_TEST(set.balanced_accuracy.low == 0.125);
  BOOST_TEST(set.balanced_accuracy.high == 0.125);
  BOOST_TEST(set.eodd.value == 0.0);
  BOOST_TEST(set.eodd.high == 0.0);
  BOOST_TEST(set.accuracy.low < set.accuracy.value);  // how many rows are of that class is not certain
}

BOOST_AUTO_TEST_CASE(a_rate_that_has_never_failed_is_not_certain) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  for (const int sex : {0, 1}) {
    test::add(rows, 50, {sex}, 0, 0);
    test::add(rows, 12, {sex}, 1, 1);
  }
  test::add(rows, 5, {-1}, 0, 1);
  const auto set = measure(rows).set;
  BOOST_TEST(set.eopp1.value == 0.0);
  BOOST_TEST(set.eopp1.low == 0.0);
  BOOST_TEST(set.eopp1.high > 0.05);
  BOOST_TEST(set.recall[1].low < 0.9);
}

BOOST_AUTO_TEST_CASE(the_worst_groups_interval_knows_that_it_was_chosen) {
  Random random(7);
  test::Population fair;
  int covered = 0;
  for (int sample = 0; sample < 200; ++sample) {
    const auto worst = measure(fair.draw(300, random), kMinSupport, {.resamples = 2}).set.worst_group;
    covered += worst.low <= fair.right && fair.right <= worst.high ? 1 : 0;
  }
  BOOST_TEST(covered >= 186);
}

BOOST_AUTO_TEST_CASE(four_times_the_rows_halve_the_interval) {
  Random random(8);
  test::Population unfair{.sex_gap = 0.4};
  const auto width = [&](int rows) {
    const auto sum = measure(unfair.draw(rows, random), kMinSupport, {.resamples = 500}).set.unfairness_sum;
    return sum.high - sum.low;
  };
  BOOST_TEST(width(1000) / width(4000) == 2.0, tt::tolerance(0.25));
}

BOOST_AUTO_TEST_CASE(an_attribute_alone_is_what_it_would_be_if_there_were_no_other) {
  Random random(11);
  const Outcomes rows = test::Population{.sex_gap = 0.2}.draw(600, random);
  const BootstrapConfig config{.resamples = 400};
  const auto found = measure_by_attribute(rows, kMinSupport, config);
  BOOST_TEST(found.all.set.eodd.high == measure(rows, kMinSupport, config).set.eodd.high);
  BOOST_TEST_REQUIRE(found.alone.size() == rows.attributes.size());
  for (std::size_t a = 0; a < found.alone.size(); ++a) {
    const auto alone = measure(with_attribute(rows, a), kMinSupport, config);
    BOOST_TEST(found.alone[a].use.pairs == alone.use.pairs);
    BOOST_TEST(found.alone[a].set.worst_group.low == alone.set.worst_group.low);
    BOOST_TEST(found.alone[a].set.unfairness_sum.high == alone.set.unfairness_sum.high);
    BOOST_TEST(found.alone[a].set.eodd.low == alone.set.eodd.low);
    BOOST_TEST(found.alone[a].set.eodd.high == alone.set.eodd.high);
  }
}

BOOST_AUTO_TEST_CASE(weights_depend_on_the_seed_and_the_lesion_alone) {
  Random random(9);
  test::Population people;
  Outcomes rows = people.draw(60, random), others = rows;
  for (int& prediction : others.predictions) prediction = 1 - prediction;
  const auto support = support_of(rows, tally(rows));
  const BootstrapConfig config{.resamples = 20};
  const auto right = draws_of(weigh(rows, support, config), "accuracy"),
             wrong = draws_of(weigh(others, support, config), "accuracy");
  for (std::size_t draw = 0; draw < right.size(); ++draw)
    BOOST_TEST(right[draw] + wrong[draw] == 1.0, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_SUITE_END()

// What tests/benchmarks/coverage shows for every metric and size, at one place. 150 samples: 3 standard errors below
// 95 % are 89.7 %.
BOOST_AUTO_TEST_SUITE(simulated_coverage)

int covered_of_150(const test::Population& people, double MetricSet<double>::*metric,
                   Figure MetricSet<Figure>::*figure) {
  Random random(20);
  const auto expected = people.expected();
  int covered = 0;
  for (int sample = 0; sample < 150; ++sample) {
    const auto rows = people.draw(300, random);
    const auto measured = measure(rows, kMinSupport, {.resamples = 200, .seed = random.bits()});
    const double truth = evaluate(rows, expected, measured.support).*metric;
    const Figure& found = measured.set.*figure;
    covered += found.low <= truth + 1e-9 && truth <= found.high + 1e-9 ? 1 : 0;
  }
  return covered;
}

BOOST_AUTO_TEST_CASE(a_fair_model_is_covered) {
  BOOST_TEST(covered_of_150({}, &MetricSet<double>::unfairness_sum, &MetricSet<Figure>::unfairness_sum) >= 135);
  BOOST_TEST(covered_of_150({}, &MetricSet<double>::eodd, &MetricSet<Figure>::eodd) >= 135);
}

BOOST_AUTO_TEST_CASE(an_unfair_model_is_covered) {
  const test::Population unfair{.sex_gap = 0.15, .old_gap = 0.1};
  BOOST_TEST(covered_of_150(unfair, &MetricSet<double>::unfairness_sum, &MetricSet<Figure>::unfairness_sum) >= 135);
  BOOST_TEST(covered_of_150(unfair, &MetricSet<double>::eodd, &MetricSet<Figure>::eodd) >= 135);
}

BOOST_AUTO_TEST_CASE(so_is_one_with_several_rows_a_lesion_that_are_answered_alike) {
  const test::Population copies{.sex_gap = 0.15, .rows_per_lesion = 3, .copying = 0.8};
  BOOST_TEST(covered_of_150(copies, &MetricSet<double>::unfairness_sum, &MetricSet<Figure>::unfairness_sum) >= 135);
}

BOOST_AUTO_TEST_CASE(accuracy_gaps_are_those_of_the_groups_with_intervals_that_cover) {
  Random random(21);
  const test::Population people{.sex_gap = 0.2};
  int covered = 0, above = 0;
  constexpr int kSamples = 60;
  for (int sample = 0; sample < kSamples; ++sample) {
    const Outcomes drawn = people.draw(300, random);
    const auto gaps = accuracy_gaps(drawn, {.resamples = 200, .seed = random.bits()});
    BOOST_TEST_REQUIRE(gaps.size() == 5U);
    const auto set = evaluate(drawn, tally(drawn));
    BOOST_TEST(std::abs(gaps[4].value - (set.groups[4] - set.accuracy)) < 1e-12);
    const double truth = 0.2 * 0.48;  // men are 52 % at 0.85, women 48 % at 0.65
    covered += gaps[0].low <= truth && truth <= gaps[0].high ? 1 : 0;
    above += gaps[0].low > 0 ? 1 : 0;
  }
  BOOST_TEST(covered >= 52);  // of 60 at 95 %: 57, less three standard errors
  BOOST_TEST(above >= 45);    // 4 standard errors from 0
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
