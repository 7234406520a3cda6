#include "harness/metrics/group_figures.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/metrics/standardised.h"
#include "harness/metrics/worst_of.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

constexpr BootstrapConfig kFew{.resamples = 200};

/// Men: 30 benign (24 right), 10 malignant (9 right). Women: 20 benign (19 right), no malignant.
Outcomes some() {
  Outcomes outcomes = test::empty_outcomes({"benign", "malignant"});
  test::add(outcomes, 24, {0}, 0, 0);
  test::add(outcomes, 6, {0}, 0, 1);
  test::add(outcomes, 9, {0}, 1, 1);
  test::add(outcomes, 1, {0}, 1, 0);
  test::add(outcomes, 19, {1}, 0, 0);
  test::add(outcomes, 1, {1}, 0, 1);
  return outcomes;
}

BOOST_AUTO_TEST_SUITE(group_figures_of_rows, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(rates_are_counted_by_hand_and_have_wilson_s_interval) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  BOOST_TEST_REQUIRE(found.groups.size() == 3U);
  const auto& all = found.groups[0];
  const auto& men = found.groups[1];
  BOOST_TEST(all.rows == 60);
  BOOST_TEST(all.units == 60);
  BOOST_TEST(all.accuracy.value == 52.0 / 60);
  BOOST_TEST(men.rows == 40);
  BOOST_TEST(men.class_rows == (std::vector<std::int64_t>{30, 10}), boost::test_tools::per_element());
  BOOST_TEST(men.accuracy.value == 33.0 / 40);
  BOOST_TEST(men.tpr.value == 0.9);
  BOOST_TEST(men.fpr.value == 0.2);
  BOOST_TEST(men.ppv.value == 9.0 / 15);
  BOOST_TEST(men.selection_rate.value == 15.0 / 40);
  BOOST_TEST(men.balanced_accuracy.value == 0.85);
  // R: prop.test(6, 30, correct = FALSE), to four digits.
  BOOST_TEST(men.fpr.low == 0.0951, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(men.fpr.high == 0.3731, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(men.balanced_accuracy.low <= 0.85);
  BOOST_TEST(men.balanced_accuracy.high >= 0.85);
}

BOOST_AUTO_TEST_CASE(accuracy_by_the_common_mix_of_classes) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  // Of all rows 5/6 are benign: men 5/6 x 24/30 + 1/6 x 9/10.
  BOOST_TEST(found.groups[1].standardised_accuracy.value == 5.0 / 6 * 0.8 + 1.0 / 6 * 0.9);
  BOOST_TEST(found.groups[0].standardised_accuracy.value == found.groups[0].accuracy.value);
  BOOST_TEST(std::isnan(found.groups[2].standardised_accuracy.value));  // women have no malignant row
}

BOOST_AUTO_TEST_CASE(what_a_group_cannot_tell_is_undefined) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  const auto& women = found.groups[2];
  BOOST_TEST(std::isnan(women.tpr.value));
  BOOST_TEST(std::isnan(women.tpr.low));
  BOOST_TEST(women.fpr.value == 0.05);
  for (const Estimate& none : {women.auroc, women.tpr_at_fpr, women.brier, women.ece}) {
    BOOST_TEST(std::isnan(none.value));  // there are no scores
  }
}

BOOST_AUTO_TEST_CASE(rows_of_one_unit_widen_the_interval) {
  Outcomes outcomes = some();
  const auto single = group_figures(outcomes, {}, members_of(outcomes), kFew);
  for (std::size_t row = 0; row < outcomes.lesions.size(); ++row) outcomes.lesions[row] = static_cast<int>(row / 3);
  const auto threes = group_figures(outcomes, {}, members_of(outcomes), kFew);
  BOOST_TEST(threes.groups[0].units == 20);
  BOOST_TEST(threes.groups[0].accuracy.value == single.groups[0].accuracy.value);
  BOOST_TEST(threes.groups[0].accuracy.low < single.groups[0].accuracy.low);
  BOOST_TEST(threes.groups[0].balanced_accuracy.low < single.groups[0].balanced_accuracy.low);
}

BOOST_AUTO_TEST_CASE(scores_give_ranking_figures_and_probabilities_calibration) {
  const Outcomes outcomes = some();
  Scores scores;
  for (const int label : outcomes.labels) scores.ranking.push_back(label == 1 ? 7 : 3);
  auto found = group_figures(outcomes, scores, members_of(outcomes), kFew);
  BOOST_TEST(found.groups[1].auroc.value == 1.0);
  BOOST_TEST(found.groups[1].tpr_at_fpr.value == 1.0);
  BOOST_TEST(std::isnan(found.groups[1].brier.value));
  scores = {};
  for (const int label : outcomes.labels) {
    scores.probabilities.insert(scores.probabilities.end(), {label == 1 ? 0.25 : 0.75, label == 1 ? 0.75 : 0.25});
  }
  found = group_figures(outcomes, scores, members_of(outcomes), kFew);
  BOOST_TEST(found.groups[1].auroc.value == 1.0);
  BOOST_TEST(found.groups[1].brier.value == 0.0625);
  BOOST_TEST(found.groups[1].brier.low == 0.0625);
  BOOST_TEST(found.groups[1].ece.value == 0.25);
  BOOST_TEST(std::isnan(found.groups[1].ece.low));
}

BOOST_AUTO_TEST_CASE(draws_are_found_by_group_and_name) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  BOOST_TEST(found.drawn(1, "fpr").size() == 200U);
  double mean = 0;
  for (const double draw : found.drawn(1, "fpr")) mean += draw / 200;
  BOOST_TEST(mean == 0.2, boost::test_tools::tolerance(0.1));  // its standard error is 0.005
  BOOST_CHECK_THROW(found.drawn(1, "frp"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(the_worst_group_is_named_and_its_interval_holds_it) {
  const std::vector<double> values{0.8, 0.6, std::nan("")};
  std::vector<double> first, second;
  for (int i = 0; i <= 100; ++i) {
    first.push_back(0.75 + 0.001 * i);
    second.push_back(0.4 + 0.004 * i);
  }
  const auto worst = worst_of(values, {first, second, std::vector<double>(101, std::nan(""))}, kFew);
  BOOST_TEST(worst.group == 1U);
  BOOST_TEST(worst.estimate.value == 0.6);
  BOOST_TEST(worst.estimate.low == 0.4 + 0.4 * 0.025);
  BOOST_TEST(worst.estimate.high == 0.4 + 0.4 * (1 - 0.0125));  // for two groups together
  BOOST_TEST(std::isnan(worst_of({}, {}, kFew).estimate.value));
}

BOOST_AUTO_TEST_CASE(the_worst_groups_interval_holds_the_lowest_of_equal_groups) {
  // Six equal groups of 100 rows at 0.8: the lowest of the six is about 0.75, and the interval has to reach 0.8.
  Random random(5);
  int held = 0;
  constexpr int kSamples = 300;
  for (int sample = 0; sample < kSamples; ++sample) {
    std::vector<double> values;
    std::vector<std::vector<double>> draws;
    const auto share = [&](double truth) {
      int hits = 0;
      for (int i = 0; i < 100; ++i) hits += random.uniform() < truth ? 1 : 0;
      return hits / 100.0;
    };
    for (int g = 0; g < 6; ++g) {
      values.push_back(share(0.8));
      auto& resampled = draws.emplace_back();
      for (int b = 0; b < 200; ++b) resampled.push_back(share(values.back()));
    }
    const Estimate found = worst_of(values, draws, kFew).estimate;
    held += found.low <= 0.8 && 0.8 <= found.high ? 1 : 0;
  }
  BOOST_TEST(held >= 0.93 * kSamples);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
