#include "harness/metrics/null/noise_floor.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

/// The paper's groups (section III-C, in batches of 8): 1,500 rows, of which `correct` are answered rightly.
Outcomes papers_groups(int correct) {
  Outcomes outcomes = test::empty_outcomes({"benign", "malignant"}, true);
  Random random(1);
  std::vector<int> age;
  for (const auto& [group, size] : {std::pair{0, 177}, {1, 828}, {2, 495}}) {
    age.insert(age.end(), static_cast<std::size_t>(size), group);
  }
  random.shuffle(age);
  std::vector<int> right(1500, 0);
  std::fill(right.begin(), right.begin() + correct, 1);
  random.shuffle(right);
  for (std::size_t row = 0; row < 1500; ++row) {
    test::add(outcomes, 1, {row < 756 ? 0 : 1, age[row]}, row % 4 == 0 ? 1 : 0,
              (row % 4 == 0 ? 1 : 0) ^ (1 - right[row]));
  }
  return outcomes;
}

BOOST_AUTO_TEST_SUITE(noise_floor_of_fairness)

BOOST_AUTO_TEST_CASE(it_is_the_known_one_for_the_papers_groups) {
  const auto floor = noise_floor(papers_groups(1080)).unfairness_sum;
  BOOST_TEST(floor.mean == 0.064, tt::tolerance(0.04));
  BOOST_TEST(floor.low == 0.023, tt::tolerance(0.1));
  BOOST_TEST(floor.high == 0.114, tt::tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(the_sum_is_five_times_the_mean_over_five_groups) {
  const auto floor = noise_floor(papers_groups(1080), {200, 7});
  BOOST_TEST(floor.unfairness_sum.mean == 5 * floor.unfairness_mean.mean, tt::tolerance(1e-12));
  BOOST_TEST(floor.unfairness_sum.p == floor.unfairness_mean.p);
}

BOOST_AUTO_TEST_CASE(a_fair_classifier_is_within_it_and_an_unfair_one_is_not) {
  Outcomes outcomes = papers_groups(1080);
  const auto fair = noise_floor(outcomes);
  BOOST_TEST(fair.unfairness_sum.p > 0.05);
  BOOST_TEST(fair.eodd.p > 0.05);
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {  // right for men, mostly wrong for women
    if (outcomes.groups[0][row] == 0) outcomes.predictions[row] = outcomes.labels[row];
  }
  const auto unfair = noise_floor(outcomes);
  BOOST_TEST(unfair.unfairness_sum.p < 0.001);
  BOOST_TEST(unfair.eodd.p < 0.001);
  BOOST_TEST(unfair.eodd.observed > unfair.eodd.high);
}

BOOST_AUTO_TEST_CASE(a_gap_of_base_rates_alone_is_not_an_unfairness_of_rates) {
  // women have more malignant rows, which are harder; within each class both sexes are answered alike
  Outcomes outcomes = test::empty_outcomes({"benign", "malignant"});
  for (const auto& [sex, benign, malignant] : {std::tuple{0, 400, 40}, {1, 100, 400}}) {
    test::add(outcomes, benign * 9 / 10, {sex}, 0, 0);
    test::add(outcomes, benign / 10, {sex}, 0, 1);
    test::add(outcomes, malignant / 2, {sex}, 1, 1);
    test::add(outcomes, malignant / 2, {sex}, 1, 0);
  }
  const auto floor = noise_floor(outcomes);
  BOOST_TEST(floor.unfairness_sum.p < 0.01);
  BOOST_TEST(floor.eodd.p > 0.9);
}

BOOST_AUTO_TEST_CASE(it_is_the_same_twice_and_undefined_without_groups) {
  const auto outcomes = papers_groups(1000);
  BOOST_TEST(noise_floor(outcomes, {50, 3}).eopp1.mean == noise_floor(outcomes, {50, 3}).eopp1.mean);
  Outcomes unknown = test::empty_outcomes({"benign", "malignant"});
  test::add(unknown, 10, {test::kUnknown}, 0, 0);
  BOOST_TEST(std::isnan(noise_floor(unknown, {50, 3}).eodd.mean));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
