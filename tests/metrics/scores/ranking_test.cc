#include "harness/metrics/scores/ranking.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/metrics/scores/auroc.h"

namespace {

using flnas::metrics::Ranking;

/// All rows, each once.
struct Sample {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;
  std::vector<std::uint32_t> rows;
  std::vector<int> lesions;

  Sample(std::vector<double> s, std::vector<std::uint8_t> p)
      : scores(std::move(s)), positive(std::move(p)), rows(scores.size()), lesions(scores.size()) {
    std::iota(rows.begin(), rows.end(), 0U);
    std::iota(lesions.begin(), lesions.end(), 0);
  }
  Ranking ranking() const { return {rows, scores, positive, lesions}; }
  double auroc() const { return ranking().auroc().value; }
  double tpr_at_fpr(double fpr) const { return ranking().tpr_at_fpr(fpr).value; }
};

BOOST_AUTO_TEST_SUITE(ranking, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(pairs_are_counted_by_hand_and_equal_scores_count_half) {
  const Sample hand({0.8, 0.4, 0.6, 0.3, 0.1}, {1, 1, 0, 0, 0});
  BOOST_TEST(hand.auroc() == 5.0 / 6);
  const Sample equal({2, 3, 2, 1}, {1, 1, 0, 0});
  BOOST_TEST(equal.auroc() == 0.875);
  const Sample one_kind({1, 2}, {1, 1});
  BOOST_TEST(std::isnan(one_kind.auroc()));
  BOOST_TEST(std::isnan(one_kind.tpr_at_fpr(0.1)));
}

BOOST_AUTO_TEST_CASE(it_is_the_area_of_all_pairs_and_influences_sum_to_nothing) {
  flnas::Random random(7);
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;
  for (int i = 0; i < 200; ++i) {
    scores.push_back(static_cast<double>(random.below(20)));
    positive.push_back(random.uniform() < 0.03 * scores.back() ? 1 : 0);
  }
  const Sample sample(scores, positive);
  BOOST_TEST(sample.auroc() == *flnas::metrics::auroc(scores, positive));
  for (const auto& figure : {sample.ranking().auroc(), sample.ranking().tpr_at_fpr(0.1)}) {
    BOOST_TEST(std::abs(std::accumulate(figure.of_unit.begin(), figure.of_unit.end(), 0.0)) < 1e-12);
    BOOST_TEST(figure.units == 200.0);
  }
}

BOOST_AUTO_TEST_CASE(the_variance_is_delongs) {
  // By hand: positives are above 1, 1 and 1/2 of the negatives, negatives below 1, 2/3 of the positives.
  const Sample sample({5, 4, 2, 3, 1}, {1, 1, 1, 0, 0});
  const auto found = sample.ranking().auroc();
  const double area = 5.0 / 6;
  BOOST_TEST(found.value == area);
  BOOST_TEST(found.of_unit[0] == (1 - area) / 3);
  BOOST_TEST(found.of_unit[2] == (0.5 - area) / 3);
  BOOST_TEST(found.of_unit[3] == (2.0 / 3 - area) / 2);
  BOOST_TEST(found.of_unit[4] == (1 - area) / 2);
  BOOST_TEST(sample.ranking().scarcer_units() == 2.0);
}

BOOST_AUTO_TEST_CASE(only_the_groups_own_rows_count) {
  const Sample sample({0.9, 0.1, 0.2, 0.8}, {1, 0, 1, 0});
  const std::vector<std::uint32_t> group{0, 1};
  BOOST_TEST(Ranking(group, sample.scores, sample.positive, sample.lesions).auroc().value == 1.0);
}

BOOST_AUTO_TEST_CASE(the_rate_at_a_fixed_false_positive_rate_lies_on_the_curve) {
  // Descending: +, -, +, -: the curve goes (0, 1/2), (1/2, 1/2), (1/2, 1), (1, 1).
  const Sample steps({4, 3, 2, 1}, {1, 0, 1, 0});
  BOOST_TEST(steps.tpr_at_fpr(0.1) == 0.5);
  BOOST_TEST(steps.tpr_at_fpr(0.5) == 1.0);
  BOOST_TEST(steps.tpr_at_fpr(1.0) == 1.0);
  // One score for a positive and two negatives: from (0, 1/2) straight to (1, 1).
  const Sample slope({4, 3, 3, 3}, {1, 1, 0, 0});
  BOOST_TEST(slope.tpr_at_fpr(0.1) == 0.55);
}

BOOST_AUTO_TEST_CASE(a_score_that_is_no_number_is_an_error) {
  const Sample sample({std::nan(""), 1}, {1, 0});
  BOOST_CHECK_THROW(sample.ranking(), flnas::DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
