#include "harness/metrics/intervals/bootstrap.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

std::vector<double> flat(const MetricSet<double>& set) {
  std::vector<double> values;
  MetricSet<double>::for_each_value(set, [&](double value) { values.push_back(value); });
  return values;
}

std::vector<Estimate> flat(const MetricSet<Estimate>& set) {
  std::vector<Estimate> values;
  MetricSet<Estimate>::for_each_value(set, [&](const Estimate& value) { values.push_back(value); });
  return values;
}

/// The rows of the drawn lesions, copied one by one.
Outcomes drawn(const Outcomes& from, const std::vector<int>& lesions) {
  Outcomes to = test::empty_outcomes(from.classes, true);
  for (const int lesion : lesions) {
    for (std::size_t row = 0; row < from.labels.size(); ++row) {
      if (from.lesions[row] != lesion) continue;
      test::add(to, 1, {from.groups[0][row], from.groups[1][row]}, from.labels[row], from.predictions[row]);
    }
  }
  return to;
}

Outcomes rows_in_lesions(std::uint64_t seed, int classes, int lesions) {
  Random random(seed);
  auto outcomes = test::random_outcomes(random, classes, true);
  for (std::size_t row = 0; row < outcomes.lesions.size(); ++row) {
    outcomes.lesions[row] = static_cast<int>(row) < lesions
                                ? static_cast<int>(row)
                                : static_cast<int>(random.below(static_cast<std::uint64_t>(lesions)));
  }
  return outcomes;
}

BOOST_AUTO_TEST_SUITE(bootstrap_over_lesions, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(it_equals_a_brute_force_that_copies_the_rows_of_every_draw) {
  const auto outcomes = rows_in_lesions(7, 3, 15);
  BootstrapConfig config;
  config.resamples = 300;
  config.most_undefined = 1;
  std::vector<std::vector<double>> columns(flat(evaluate(outcomes, tally(outcomes))).size());
  Random random(config.seed);
  for (int b = 0; b < config.resamples; ++b) {
    std::vector<int> lesions(15);
    for (int& lesion : lesions) lesion = static_cast<int>(random.below(15));
    const auto sample = drawn(outcomes, lesions);
    const auto values = flat(evaluate(sample, tally(sample)));
    for (std::size_t m = 0; m < columns.size(); ++m) {
      if (!std::isnan(values[m])) columns[m].push_back(values[m]);
    }
  }
  const auto estimates = flat(bootstrap(outcomes, config));
  BOOST_REQUIRE(estimates.size() == columns.size());
  for (std::size_t m = 0; m < columns.size(); ++m) {
    std::sort(columns[m].begin(), columns[m].end());
    // 2.5 % of the way from the first to the last value, by hand.
    const double at = 0.025 * static_cast<double>(columns[m].size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const double low = columns[m][below] * (1 - (at - std::floor(at))) + columns[m][below + 1] * (at - std::floor(at));
    BOOST_TEST(estimates[m].low == low);
    BOOST_TEST(estimates[m].high == quantile(columns[m], 0.975));
  }
}

BOOST_AUTO_TEST_CASE(the_interval_of_an_accuracy_is_near_the_binomial_one) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  test::add(rows, 640, {0}, 0, 0);
  test::add(rows, 160, {1}, 0, 1);
  const auto accuracy = bootstrap(rows).accuracy;
  // Standard error sqrt(0.8 x 0.2 / 800) = 0.01414, so that 95 % is 0.8 -+ 0.0277.
  BOOST_TEST(accuracy.value == 0.8);
  BOOST_TEST(accuracy.low == 0.8 - 0.0277, tt::tolerance(0.005));
  BOOST_TEST(accuracy.high == 0.8 + 0.0277, tt::tolerance(0.005));
}

BOOST_AUTO_TEST_CASE(rows_of_one_lesion_are_not_independent) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  test::add(rows, 400, {0}, 0, 0);
  test::add(rows, 400, {1}, 0, 1);
  const auto single = bootstrap(rows).accuracy;
  for (std::size_t row = 0; row < 800; ++row) rows.lesions[row] = static_cast<int>(row / 4);
  const auto clustered = bootstrap(rows).accuracy;
  // Four rows that agree are worth one: the interval is twice as wide.
  BOOST_TEST((clustered.high - clustered.low) / (single.high - single.low) == 2.0, tt::tolerance(0.1));
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_intervals_and_another_gives_others) {
  const auto outcomes = rows_in_lesions(8, 8, 40);
  const auto first = bootstrap(outcomes), again = bootstrap(outcomes);
  BOOST_TEST(first.eodd.low == again.eodd.low, tt::tolerance(0.0));
  BootstrapConfig other;
  other.seed = 5;
  BOOST_TEST(first.eodd.low != bootstrap(outcomes, other).eodd.low);
}

BOOST_AUTO_TEST_CASE(a_metric_that_most_resamples_leave_undefined_has_no_interval) {
  Outcomes rows = test::empty_outcomes({"a", "b", "c"});
  test::add(rows, 20, {0}, 0, 0);
  test::add(rows, 20, {1}, 1, 1);
  test::add(rows, 1, {1}, 2, 2);  // drawn at least once in 1 - (40/41)^41 = 64 % of the resamples
  const auto recall = bootstrap(rows).recall[2];
  BOOST_TEST(recall.value == 1.0);
  BOOST_TEST(std::isnan(recall.low));
  BOOST_TEST(std::isnan(recall.high));
  BootstrapConfig lenient;
  lenient.most_undefined = 0.5;
  BOOST_TEST(bootstrap(rows, lenient).recall[2].low == 1.0);
}

BOOST_AUTO_TEST_CASE(figures_of_the_callers_own_see_the_same_resamples) {
  const auto outcomes = rows_in_lesions(4, 2, 40);
  const auto own = bootstrap(outcomes, [](const Tally& tally) {
    return std::vector<double>{tally.all.accuracy(), -tally.all.accuracy()};
  });
  const auto accuracy = bootstrap(outcomes).accuracy;
  BOOST_REQUIRE(own.size() == 2u);
  BOOST_TEST(own[0].value == accuracy.value);
  BOOST_TEST(own[0].low == accuracy.low);
  BOOST_TEST(own[0].high == accuracy.high);
  BOOST_TEST(own[1].low == -accuracy.high);
}

BOOST_AUTO_TEST_CASE(draws_are_found_by_the_metrics_names) {
  const auto resampled = resample(rows_in_lesions(3, 2, 40), {.resamples = 20});
  const auto column = [&](auto member) {
    std::vector<double> values;
    for (const auto& draw : resampled.draws) {
      MetricSet<double> set;
      set.recall.resize(resampled.recalls);
      set.groups.resize(resampled.groups);
      std::size_t at = 0;
      MetricSet<double>::for_each_value(set, [&](double& value) { value = draw[at++]; });
      values.push_back(set.*member);
    }
    return values;
  };
  using Set = MetricSet<double>;
  BOOST_TEST(draws_of(resampled, "accuracy") == column(&Set::accuracy), tt::per_element());
  BOOST_TEST(draws_of(resampled, "balanced_accuracy") == column(&Set::balanced_accuracy), tt::per_element());
  BOOST_TEST(draws_of(resampled, "worst_group") == column(&Set::worst_group), tt::per_element());
  BOOST_TEST(draws_of(resampled, "unfairness_sum") == column(&Set::unfairness_sum), tt::per_element());
  BOOST_TEST(draws_of(resampled, "eodd") == column(&Set::eodd), tt::per_element());
  BOOST_TEST(draws_of(resampled, "eopp2") == column(&Set::eopp2), tt::per_element());
  BOOST_TEST(draws_of(resampled, "sum_abs_dtpr_plus_dfpr") == column(&Set::sum_abs_dtpr_plus_dfpr), tt::per_element());
  BOOST_CHECK_THROW(draws_of(resampled, "recall"), std::invalid_argument);
  BOOST_CHECK_THROW(draws_of(resampled, "fairness"), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
