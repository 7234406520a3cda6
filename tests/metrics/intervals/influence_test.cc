#include "harness/metrics/intervals/influence.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/scored_population.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

/// The mean of values, one a lesion.
Influence mean(const std::vector<double>& values) {
  Influence found{0, {}, static_cast<double>(values.size()), static_cast<double>(values.size()) - 1};
  for (const double value : values) found.value += value / found.units;
  for (const double value : values) found.of_unit.push_back((value - found.value) / found.units);
  return found;
}

BOOST_AUTO_TEST_SUITE(influence, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(of_a_mean_it_is_students_interval_and_test) {
  // R: t.test(1:5)
  const Influence five = mean({1, 2, 3, 4, 5});
  const Estimate found = signed_interval(five);
  BOOST_TEST(found.low == 1.036757, tt::tolerance(1e-6));
  BOOST_TEST(found.high == 4.963243, tt::tolerance(1e-6));
  const Difference gap = difference(five, mean({0, 0, 0, 0, 0}), true);
  BOOST_TEST(gap.low == found.low);
  BOOST_TEST(gap.p == 0.01323, tt::tolerance(1e-3));
  BOOST_TEST(difference(five, five, true).p == 1.0);
  BOOST_TEST(
      std::isnan(difference(five, five, true).high));    // nothing varies: no interval, rather than one of no width
  BOOST_TEST(difference(five, five, false).high > 1.0);  // other rows
}

BOOST_AUTO_TEST_CASE(few_lesions_that_matter_are_few_degrees_of_freedom) {
  std::vector<double> values(200);
  values[0] = 1, values[1] = -1, values[2] = 1, values[3] = -1;
  BOOST_TEST(freedom_of(mean(values)) < 10.0);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 1 : -1;
  BOOST_TEST(freedom_of(mean(values)) == 199.0);
}

BOOST_AUTO_TEST_CASE(shares_stay_between_0_and_1_and_a_sure_one_has_an_interval) {
  const Estimate all = share_interval({1.0, std::vector<double>(40), 40, 39}, 10);
  BOOST_TEST(all.high == 1.0);
  BOOST_TEST(all.low == 1 - 0.27753, tt::tolerance(1e-3));  // Wilson's of 10 of 10
  std::vector<double> values(50, 1);
  values[0] = values[1] = 0;
  const Estimate most = share_interval(mean(values), 10);
  BOOST_TEST(most.value == 0.96);
  BOOST_TEST(most.high < 1.0);
  BOOST_TEST(most.low < 0.9);
  const Estimate alike = share_interval({0.1, std::vector<double>(40, 1e-18), 40, 39}, 10);  // but for rounding
  BOOST_TEST(alike.high > 0.3);
  const Estimate none = share_interval({std::nan(""), {}, 0, 0}, 10);
  BOOST_TEST(std::isnan(none.low));
}

BOOST_AUTO_TEST_CASE(intervals_of_scores_cover) {
  // Of 150 samples at 95 %: 142.5, standard deviation 2.7. Larger simulations: tests/benchmarks/coverage.
  const test::ScoredPopulation people;
  const double auroc = 0.9332, brier = 0.1029;  // the normal distribution at 1.5; by integration
  Random random(31);
  int in_auroc = 0, in_brier = 0;
  constexpr int kSamples = 150;
  for (int sample = 0; sample < kSamples; ++sample) {
    const auto drawn = people.draw(300, random);
    const auto scored = scored_figures(drawn.outcomes, drawn.scores);
    const Estimate area = share_interval(scored.auroc, 10), square = positive_interval(scored.brier, 1);
    in_auroc += area.low <= auroc && auroc <= area.high ? 1 : 0;
    in_brier += square.low <= brier && brier <= square.high ? 1 : 0;
  }
  BOOST_TEST(in_auroc >= 132);
  BOOST_TEST(in_brier >= 132);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
