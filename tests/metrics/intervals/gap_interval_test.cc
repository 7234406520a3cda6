#include "harness/metrics/intervals/gap_interval.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/metrics/figures/figures.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

/// One gap with normal noise of standard deviation 0.1, moved to an exact mean of 0.
NoisyGaps one_gap(double gap, int draws = 20000) {
  NoisyGaps noisy{{gap}, {{}}};
  Random random(3);
  double mean = 0;
  for (int draw = 0; draw < draws; ++draw) {
    noisy.noise[0].push_back(0.1 * random.normal());
    mean += noisy.noise[0].back() / draws;
  }
  for (double& value : noisy.noise[0]) value -= mean;
  return noisy;
}

const GapSum kOne{{1, 0, 0}};

BOOST_AUTO_TEST_SUITE(intervals_of_absolute_gaps)

BOOST_AUTO_TEST_CASE(far_from_zero_it_is_the_normal_interval) {
  const auto found = gap_interval(kOne, one_gap(-0.8));
  BOOST_TEST(found.value == 0.8);
  BOOST_TEST(std::abs(found.debiased - 0.8) < 0.005);
  BOOST_TEST(std::abs(found.low - (0.8 - 0.196)) < 0.006);
  BOOST_TEST(std::abs(found.high - (0.8 + 0.196)) < 0.006);
}

BOOST_AUTO_TEST_CASE(within_the_noise_it_reaches_zero_and_contains_its_value) {
  // of a true gap of 0, |noise| exceeds 0.1 x 2.241 in 2.5 % and 0.1 x 0.674 in half of the draws
  const auto fair = gap_interval(kOne, one_gap(0.2));
  BOOST_TEST(fair.low == 0.0);
  BOOST_TEST(fair.high > 0.2);
  BOOST_TEST(gap_interval(kOne, one_gap(0.24)).low > 0.0);
  BOOST_TEST(gap_interval(kOne, one_gap(0.05)).debiased == 0.0);
  const auto small = gap_interval(kOne, one_gap(0.001));
  BOOST_TEST(small.low == 0.0);
  BOOST_TEST(small.high >= small.value);
}

BOOST_AUTO_TEST_CASE(without_noise_it_is_the_value) {
  const NoisyGaps exact{{0.25, -0.5}, {{0, 0, 0}, {0, 0, 0}}};
  const auto found = gap_interval({{0.5, 0, 0}, {0.5, 0, 1}}, exact);  // mean of 0.25 and max(0.25, 0.5)
  BOOST_TEST(found.value == 0.375);
  BOOST_TEST(found.low == 0.375, tt::tolerance(1e-3));
  BOOST_TEST(found.high == 0.375, tt::tolerance(1e-3));
  BOOST_TEST(std::isnan(gap_interval({}, exact).value));
}

BOOST_AUTO_TEST_CASE(the_value_is_the_metric) {
  Random random(11);
  for (const int classes : {2, 3, 8}) {
    const Outcomes rows = test::random_outcomes(random, classes, true);
    const Tally counts = tally(rows);
    for (const int least : {0, 10}) {
      const auto support = support_of(rows, counts, least);
      const auto set = evaluate(rows, counts, support);
      const GapTerms terms(rows, support);
      const auto gaps = terms.gaps(terms.rates(counts));
      for (std::size_t metric = 0; metric < kGapMetrics.size(); ++metric) {
        const double expected = set.*kGapMetrics[metric], found = gap_sum(terms.sums()[metric], gaps);
        BOOST_TEST((std::isnan(expected) ? std::isnan(found) : std::abs(found - expected) < 1e-12));
      }
    }
  }
}

/// 30 positives and 100 negatives in each of two groups, as often right; negatives more often wrong in the first.
Outcomes unfair_to_negatives(Random& random) {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  const double fpr[] = {0.6, 0.3};
  for (int row = 0; row < 260; ++row) {
    const int sex = row % 2, label = row % 13 < 3 ? 1 : 0;
    const double called = label == 1 ? 0.8 : fpr[sex];
    test::add(rows, 1, {sex}, label, random.uniform() < called ? 1 : 0);
  }
  return rows;
}

BOOST_AUTO_TEST_CASE(one_large_gap_beside_a_badly_known_small_one_is_covered) {
  Random random(13);
  int too_low = 0, incoherent = 0;
  for (int sample = 0; sample < 150; ++sample) {
    const auto set = measure(unfair_to_negatives(random), kMinSupport, {.resamples = 300, .seed = random.bits()}).set;
    too_low += set.eodd.high < 0.3 ? 1 : 0;
    incoherent += set.eodd.high < set.eopp1.high || set.eodd.high < set.eopp2.high || set.eodd.high > 1 ? 1 : 0;
  }
  BOOST_TEST(too_low <= 9);  // 2.5 % of 150 and three standard errors
  BOOST_TEST(incoherent == 0);
}

BOOST_AUTO_TEST_CASE(one_pair_at_a_time_averages_to_the_metric) {
  Random random(12);
  const Outcomes rows = test::random_outcomes(random, 2, true);
  const Measured found = measure(rows, 0, {.resamples = 50});
  double sum = 0;
  const auto pairs = measure_pairs(rows, 0, {.resamples = 50});
  for (const auto& pair : pairs) sum += pair.eodd.value;
  BOOST_TEST(pairs.size() == 4u);
  BOOST_TEST(sum / 4 == found.set.eodd.value, tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
