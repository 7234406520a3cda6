// Plans are checked by drawing the samples that they ask for.
#include "harness/metrics/comparison/power.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/random.h"
#include "harness/metrics/comparison/paired.h"
#include "harness/metrics/figures/figures.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/rates/fairness.h"
#include "tests/metrics/population.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

constexpr int kSamples = 4000;
constexpr double kWithin = 0.03;  // four standard errors of a share of 80 % in 4,000 samples, and the approximation

int draw(int rows, double rate, Random& random) {
  int hits = 0;
  for (int row = 0; row < rows; ++row) hits += random.uniform() < rate ? 1 : 0;
  return hits;
}

/// Share of samples in which the two-sided test of two rates rejects at 5 %.
double rejected(int rows, double first, int other_rows, double second, std::uint64_t seed) {
  Random random(seed);
  int found = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    const int a = draw(rows, first, random), b = draw(other_rows, second, random);
    const double pooled = static_cast<double>(a + b) / (rows + other_rows);
    const double error = std::sqrt(pooled * (1 - pooled) * (1.0 / rows + 1.0 / other_rows));
    const double gap = static_cast<double>(a) / rows - static_cast<double>(b) / other_rows;
    found += error > 0 && std::abs(gap) / error > normal_quantile(0.975) ? 1 : 0;
  }
  return static_cast<double>(found) / kSamples;
}

BOOST_AUTO_TEST_SUITE(power)

BOOST_AUTO_TEST_CASE(the_textbooks_example) {
  // 25 % against 50 %, equal groups: 58 rows each without the correction for continuity (Fleiss, table A.4, has 65
  // with)
  BOOST_TEST(rows_to_tell_apart(0.25, 0.5) == 57.7, tt::tolerance(0.01));
  BOOST_TEST(rows_to_tell_apart(0.5, 0.25) == rows_to_tell_apart(0.25, 0.5), tt::tolerance(1e-12));
  BOOST_TEST(std::isinf(rows_to_tell_apart(0.3, 0.3)));
}

BOOST_AUTO_TEST_CASE(samples_of_the_planned_size_find_the_gap_four_times_in_five) {
  struct Case {
    double first, second, others;
  };
  for (const auto& [first, second, others] : {Case{0.25, 0.5, 1}, {0.65, 0.75, 1}, {0.6, 0.8, 5}, {0.55, 0.75, 16}}) {
    const double rows = rows_to_tell_apart(first, second, others);
    const double share =
        rejected(static_cast<int>(std::ceil(rows)), first, static_cast<int>(std::ceil(rows * others)), second, 7);
    BOOST_TEST_CONTEXT(first << " " << second << " " << others) { BOOST_TEST(std::abs(share - 0.8) < kWithin); }
  }
}

BOOST_AUTO_TEST_CASE(thirty_rows_show_only_large_gaps) {
  const double gap = smallest_gap(0.7, 30, 470);
  BOOST_TEST(gap == 0.25, tt::tolerance(0.05));
  BOOST_TEST(rows_to_tell_apart(0.7 - gap, 0.7, 470.0 / 30) == 30, tt::tolerance(1e-6));
  BOOST_TEST(std::abs(rejected(30, 0.7 - gap, 470, 0.7, 3) - 0.8) < 0.05);
  BOOST_TEST(smallest_gap(0.7, 300, 4700) < gap / 2.5);
  BOOST_TEST(smallest_gap(0.7, 1, 400) == 1);
  BOOST_TEST(std::isnan(smallest_gap(0.7, 0, 400)));
}

BOOST_AUTO_TEST_CASE(a_sample_grown_as_planned_leaves_the_boundary_out_four_times_in_five) {
  // a rate of 0.70 in 100 rows, asked whether it is above 0.65
  const double error = std::sqrt(0.7 * 0.3 / 100);
  const double growth = growth_to_decide(0.7, 0.7 - normal_quantile(0.975) * error, 0.65);
  const int rows = static_cast<int>(std::lround(100 * growth));
  BOOST_TEST(std::abs(rows - 659) <= 2);
  Random random(11);
  int settled = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    const double rate = static_cast<double>(draw(rows, 0.7, random)) / rows;
    settled += rate - normal_quantile(0.975) * std::sqrt(rate * (1 - rate) / rows) > 0.65 ? 1 : 0;
  }
  BOOST_TEST(std::abs(static_cast<double>(settled) / kSamples - 0.8) < kWithin);
}

/// Two models that answered the same rows, of which the first is fairer to men and women.
struct Pair {
  Outcomes first, second;

  static constexpr double kFirst = 0.1, kSecond = 0.3;
  static double truth() {
    const auto unfairness = [](double gap) {
      const test::Population people{.sex_gap = gap};
      return evaluate(people.empty(), people.expected()).unfairness_sum;
    };
    return unfairness(kFirst) - unfairness(kSecond);
  }
  static Pair draw(int rows, Random& random) {
    const test::Population people{.sex_gap = kFirst}, others{.sex_gap = kSecond};
    Pair pair{people.draw(rows, random), {}};
    pair.second = pair.first;
    for (std::size_t row = 0; row < pair.first.labels.size(); ++row) {
      pair.second.predictions[row] =
          others.answer_of(pair.first.groups[0][row], pair.first.groups[1][row], pair.first.labels[row], random);
    }
    return pair;
  }
  Difference unfairness(Random& random) const {
    const Support support = support_of(first, tally(first));
    const BootstrapConfig config{.resamples = 400, .seed = random.bits()};
    return paired_difference(first, second, support, weigh(first, support, config), weigh(second, support, config))
        .unfairness_sum;
  }
};

BOOST_AUTO_TEST_CASE(a_test_grown_as_planned_settles_a_difference_in_unfairness_four_times_in_five) {
  constexpr int kRows = 300, kPilots = 30, kTests = 100, kComparisons = 10;
  constexpr double kLevel = 1 - 0.05 / kComparisons;
  Random random(5);
  const double truth = Pair::truth();
  double above = 0;
  for (int i = 0; i < kPilots; ++i) {
    const Difference found = Pair::draw(kRows, random).unfairness(random);
    above += (found.high - found.value) / kPilots;
  }
  for (const double level : {0.95, kLevel}) {
    const double growth = growth_to_decide(truth, truth + above, 0, {.level = level});
    BOOST_TEST(growth > 1);
    const int rows = static_cast<int>(std::lround(kRows * growth));
    int settled = 0;
    for (int i = 0; i < kTests; ++i) settled += Pair::draw(rows, random).unfairness(random).p <= 1 - level ? 1 : 0;
    // three and a half standard errors of a share of 80 % in 100, and what the approximation is off
    BOOST_TEST(std::abs(static_cast<double>(settled) / kTests - 0.8) < 0.15, settled << " of " << rows << " rows");
  }
}

BOOST_AUTO_TEST_CASE(what_no_sample_decides_is_infinite) {
  BOOST_TEST(std::isinf(growth_to_decide(18, 5, 18)));
  BOOST_TEST(std::isinf(growth_to_decide(18, std::numeric_limits<double>::infinity(), 20)));
  BOOST_TEST(growth_to_decide(10, 9, 5) < 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
