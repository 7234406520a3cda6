#include "harness/metrics/ranking.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/metrics/auroc.h"

namespace {

using flnas::metrics::Ranking;

/// All rows, each once.
struct Sample {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;
  std::vector<std::uint32_t> rows, once;

  Sample(std::vector<double> s, std::vector<std::uint8_t> p)
      : scores(std::move(s)), positive(std::move(p)), rows(scores.size()), once(scores.size(), 1) {
    std::iota(rows.begin(), rows.end(), 0U);
  }
  Ranking ranking() const { return {rows, scores, positive}; }
};

BOOST_AUTO_TEST_SUITE(ranking, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(pairs_are_counted_by_hand_and_equal_scores_count_half) {
  const Sample hand({0.8, 0.4, 0.6, 0.3, 0.1}, {1, 1, 0, 0, 0});
  BOOST_TEST(hand.ranking().auroc(hand.once) == 5.0 / 6);
  const Sample equal({2, 3, 2, 1}, {1, 1, 0, 0});
  BOOST_TEST(equal.ranking().auroc(equal.once) == 0.875);
  const Sample one_kind({1, 2}, {1, 1});
  BOOST_TEST(std::isnan(one_kind.ranking().auroc(one_kind.once)));
  BOOST_TEST(std::isnan(one_kind.ranking().tpr_at_fpr(0.1, one_kind.once)));
}

BOOST_AUTO_TEST_CASE(a_row_taken_twice_is_the_same_as_two_equal_rows) {
  flnas::Random random(7);
  std::vector<double> scores, twice_scores;
  std::vector<std::uint8_t> positive, twice_positive;
  std::vector<std::uint32_t> times;
  for (int i = 0; i < 200; ++i) {
    scores.push_back(static_cast<double>(random.below(20)));
    positive.push_back(random.uniform() < 0.03 * scores.back() ? 1 : 0);
    times.push_back(static_cast<std::uint32_t>(random.below(3)));
    twice_scores.insert(twice_scores.end(), times.back(), scores.back());
    twice_positive.insert(twice_positive.end(), times.back(), positive.back());
  }
  const Sample sample(scores, positive), copied(twice_scores, twice_positive);
  BOOST_TEST(sample.ranking().auroc(times) == *flnas::metrics::auroc(twice_scores, twice_positive));
  BOOST_TEST(sample.ranking().tpr_at_fpr(0.1, times) == copied.ranking().tpr_at_fpr(0.1, copied.once));
}

BOOST_AUTO_TEST_CASE(only_the_groups_own_rows_count) {
  const Sample sample({0.9, 0.1, 0.2, 0.8}, {1, 0, 1, 0});
  const std::vector<std::uint32_t> group{0, 1};
  BOOST_TEST(Ranking(group, sample.scores, sample.positive).auroc(sample.once) == 1.0);
}

BOOST_AUTO_TEST_CASE(the_rate_at_a_fixed_false_positive_rate_lies_on_the_curve) {
  // Descending: +, -, +, -: the curve goes (0, 1/2), (1/2, 1/2), (1/2, 1), (1, 1).
  const Sample steps({4, 3, 2, 1}, {1, 0, 1, 0});
  BOOST_TEST(steps.ranking().tpr_at_fpr(0.1, steps.once) == 0.5);
  BOOST_TEST(steps.ranking().tpr_at_fpr(0.5, steps.once) == 1.0);
  BOOST_TEST(steps.ranking().tpr_at_fpr(1.0, steps.once) == 1.0);
  // One score for a positive and two negatives: from (0, 1/2) straight to (1, 1).
  const Sample slope({4, 3, 3, 3}, {1, 1, 0, 0});
  BOOST_TEST(slope.ranking().tpr_at_fpr(0.1, slope.once) == 0.55);
}

BOOST_AUTO_TEST_CASE(a_score_that_is_no_number_is_an_error) {
  const Sample sample({std::nan(""), 1}, {1, 0});
  BOOST_CHECK_THROW(sample.ranking(), flnas::DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
