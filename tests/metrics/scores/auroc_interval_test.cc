#include "harness/metrics/scores/auroc_interval.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

struct Sample {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;
  std::vector<int> lesions;

  void add(double score, bool is_positive) {
    scores.push_back(score);
    positive.push_back(is_positive ? 1 : 0);
    lesions.push_back(static_cast<int>(lesions.size()));
  }
  Ranking ranking() const {
    std::vector<std::uint32_t> rows(scores.size());
    std::iota(rows.begin(), rows.end(), 0U);
    return {rows, scores, positive, lesions};
  }
};

/// A row a lesion; scores are normal, those of positives higher by `gain` x the root of 2.
Sample drawn(int positives, int negatives, double gain, Random& random) {
  Sample sample;
  for (int row = 0; row < positives; ++row) sample.add(random.normal() + gain * std::sqrt(2.0), true);
  for (int row = 0; row < negatives; ++row) sample.add(random.normal(), false);
  return sample;
}

BOOST_AUTO_TEST_SUITE(intervals_of_auroc)

BOOST_AUTO_TEST_CASE(of_many_rows_they_are_delongs) {
  Random random(2);
  const Ranking ranking = drawn(2000, 3000, 0.8, random).ranking();
  const Influence area = ranking.auroc();
  const Estimate found = auroc_interval({ranking}), normal = signed_interval(area);
  BOOST_TEST(found.value == area.value);
  BOOST_TEST(found.low == normal.low, tt::tolerance(0.002));
  BOOST_TEST(found.high == normal.high, tt::tolerance(0.002));
}

BOOST_AUTO_TEST_CASE(copies_of_a_row_within_its_lesion_add_nothing) {
  Random random(3);
  const Sample once = drawn(15, 40, 0.8, random);
  Sample thrice = once;
  for (int copy = 0; copy < 2; ++copy) {
    thrice.scores.insert(thrice.scores.end(), once.scores.begin(), once.scores.end());
    thrice.positive.insert(thrice.positive.end(), once.positive.begin(), once.positive.end());
    thrice.lesions.insert(thrice.lesions.end(), once.lesions.begin(), once.lesions.end());
  }
  const Estimate one = auroc_interval({once.ranking()}), three = auroc_interval({thrice.ranking()});
  BOOST_TEST(one.low == three.low, tt::tolerance(1e-9));
  BOOST_TEST(one.high == three.high, tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_ranking_twice_is_no_more_than_once) {
  Random random(4);
  const Ranking ranking = drawn(15, 40, 0.8, random).ranking();
  const Estimate once = auroc_interval({ranking}), twice = auroc_interval({ranking, ranking});
  BOOST_TEST(once.low == twice.low, tt::tolerance(1e-9));
  BOOST_TEST(once.high == twice.high, tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(without_errors_there_may_yet_be_some_and_without_positives_there_is_none) {
  Sample perfect;
  for (int row = 0; row < 10; ++row) perfect.add(1, true), perfect.add(0, false);
  const Estimate found = auroc_interval({perfect.ranking()});
  BOOST_TEST(found.value == 1.0);
  BOOST_TEST(found.high == 1.0);
  BOOST_TEST(found.low < 0.85);
  Sample none;
  none.add(0.5, false);
  BOOST_TEST(std::isnan(auroc_interval({none.ranking()}).value));
  BOOST_TEST(std::isnan(auroc_interval({none.ranking()}).low));
}

BOOST_AUTO_TEST_CASE(of_few_positives_they_hold_the_true_value) {
  // 200 samples at 95 %: 190, standard deviation 3.1; Wilson's of an effective number of rows hold about 181.
  const double truth = 0.933193;  // the normal distribution at 1.5
  Random random(6);
  int held = 0;
  for (int sample = 0; sample < 200; ++sample) {
    const Estimate found = auroc_interval({drawn(12, 300, 1.5, random).ranking()});
    held += found.low <= truth && truth <= found.high ? 1 : 0;
  }
  BOOST_TEST(held >= 184);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
