#include "harness/metrics/figures/group_figures.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <tuple>

#include "harness/base/random.h"
#include "harness/metrics/figures/standardised.h"
#include "harness/metrics/intervals/worst_of.h"
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

BOOST_AUTO_TEST_CASE(rates_are_counted_by_hand_and_have_agresti_and_coull_s_interval) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  BOOST_TEST_REQUIRE(found.size() == 3U);
  const auto& all = found[0];
  const auto& men = found[1];
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
  // 6 of 30 by hand: centre 0.23405, z sqrt(0.23405 x 0.76595 / 33.8415) = 0.14265
  BOOST_TEST(men.fpr.low == 0.0914, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(men.fpr.high == 0.3767, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(men.balanced_accuracy.low <= 0.85);
  BOOST_TEST(men.balanced_accuracy.high >= 0.85);
}

BOOST_AUTO_TEST_CASE(accuracy_by_the_common_mix_of_classes) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  // Of all rows 5/6 are benign: men 5/6 x 24/30 + 1/6 x 9/10.
  BOOST_TEST(found[1].standardised_accuracy.value == 5.0 / 6 * 0.8 + 1.0 / 6 * 0.9);
  BOOST_TEST(found[0].standardised_accuracy.value == found[0].accuracy.value);
  BOOST_TEST(std::isnan(found[2].standardised_accuracy.value));  // women have no malignant row
}

BOOST_AUTO_TEST_CASE(what_a_group_cannot_tell_is_undefined) {
  const Outcomes outcomes = some();
  const auto found = group_figures(outcomes, {}, members_of(outcomes), kFew);
  const auto& women = found[2];
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
  BOOST_TEST(threes[0].units == 20);
  BOOST_TEST(threes[0].accuracy.value == single[0].accuracy.value);
  BOOST_TEST(threes[0].accuracy.low < single[0].accuracy.low);
  BOOST_TEST(threes[0].balanced_accuracy.low < single[0].balanced_accuracy.low);
}

BOOST_AUTO_TEST_CASE(scores_give_ranking_figures_and_probabilities_calibration) {
  const Outcomes outcomes = some();
  Scores scores;
  for (const int label : outcomes.labels) scores.ranking.push_back(label == 1 ? 7 : 3);
  auto found = group_figures(outcomes, scores, members_of(outcomes), kFew);
  BOOST_TEST(found[1].auroc.value == 1.0);
  BOOST_TEST(found[1].tpr_at_fpr.value == 1.0);
  BOOST_TEST(std::isnan(found[1].brier.value));
  scores = {};
  for (const int label : outcomes.labels) {
    scores.probabilities.insert(scores.probabilities.end(), {label == 1 ? 0.25 : 0.75, label == 1 ? 0.75 : 0.25});
  }
  found = group_figures(outcomes, scores, members_of(outcomes), kFew);
  BOOST_TEST(found[1].auroc.value == 1.0);
  BOOST_TEST(found[1].brier.value == 0.0625);
  BOOST_TEST(found[1].brier.low < 0.0625);  // that all 40 squares are alike is no proof that all others are
  // of none of 40 rows and a half a quantile of the beta distribution of (0.5, 40) reaches 0.0613 of the way to 1
  BOOST_TEST(found[1].brier.high == 0.0625 + 0.9375 * 0.0613, boost::test_tools::tolerance(0.05));
  BOOST_TEST(found[1].ece.value == 0.25);
  BOOST_TEST(found[1].ece.low < 0.25);
  BOOST_TEST(found[1].ece.low > 0.0);
  BOOST_TEST(found[1].auroc.low < 0.8);  // 10 malignant rows
}

BOOST_AUTO_TEST_CASE(a_class_of_too_few_lesions_leaves_figures_of_scores_without_an_interval) {
  Outcomes outcomes = some();
  Scores scores;
  for (const int label : outcomes.labels) scores.ranking.push_back(label == 1 ? 7 : 3);
  const auto men = [&](int min_support) {
    return group_figures(outcomes, scores, members_of(outcomes), kFew, min_support)[1];
  };
  BOOST_TEST(!std::isnan(men(10).tpr_at_fpr.low));  // 10 malignant rows of men
  for (Estimate GroupFigures::*figure : {&GroupFigures::tpr_at_fpr, &GroupFigures::standardised_gap}) {
    BOOST_TEST(!std::isnan((men(11).*figure).value));
    BOOST_TEST(std::isnan((men(11).*figure).low));
    BOOST_TEST(std::isnan((men(11).*figure).high));
  }
  BOOST_TEST(!std::isnan(men(11).tpr.low));  // intervals of shares and of AUROC hold at any number
  BOOST_TEST(!std::isnan(men(11).auroc.low));
  for (std::size_t row = 0; row < outcomes.lesions.size(); ++row) outcomes.lesions[row] = static_cast<int>(row / 2);
  BOOST_TEST(std::isnan(men(10).tpr_at_fpr.low));  // 10 rows of 5 lesions
}

BOOST_AUTO_TEST_CASE(rows_of_one_unit_widen_figures_of_scores_too) {
  Random random(9);
  Outcomes outcomes = some();
  Scores scores;
  for (const int label : outcomes.labels) {
    const double p = std::clamp(0.35 + 0.3 * label + 0.2 * random.normal(), 0.01, 0.99);
    scores.probabilities.insert(scores.probabilities.end(), {1 - p, p});
  }
  // each row thrice is the same figure with the same uncertainty
  Outcomes thrice = outcomes;
  Scores thrice_scores = scores;
  for (int copy = 0; copy < 2; ++copy) {
    thrice_scores.probabilities.insert(thrice_scores.probabilities.end(), scores.probabilities.begin(),
                                       scores.probabilities.end());
    for (std::vector<int> Outcomes::*column : {&Outcomes::labels, &Outcomes::predictions, &Outcomes::lesions}) {
      const auto& once = outcomes.*column;
      (thrice.*column).insert((thrice.*column).end(), once.begin(), once.end());
    }
    thrice.groups[0].insert(thrice.groups[0].end(), outcomes.groups[0].begin(), outcomes.groups[0].end());
  }
  const auto one = group_figures(outcomes, scores, members_of(outcomes), kFew)[0];
  const auto three = group_figures(thrice, thrice_scores, members_of(thrice), kFew)[0];
  for (Estimate GroupFigures::*figure : {&GroupFigures::auroc, &GroupFigures::brier}) {
    BOOST_TEST((one.*figure).value == (three.*figure).value);
    BOOST_TEST((one.*figure).low == (three.*figure).low, boost::test_tools::tolerance(1e-6));
    BOOST_TEST((one.*figure).high == (three.*figure).high, boost::test_tools::tolerance(1e-6));
  }
}

BOOST_AUTO_TEST_CASE(a_groups_mix_of_classes_is_no_unfairness) {
  // Both sexes: 80 % of benign and 60 % of malignant are right; men are mostly benign, women mostly malignant.
  Outcomes outcomes = test::empty_outcomes({"benign", "malignant"});
  for (const auto& [sex, benign, malignant] : {std::tuple{0, 200, 50}, std::tuple{1, 50, 200}}) {
    test::add(outcomes, benign * 4 / 5, {sex}, 0, 0), test::add(outcomes, benign / 5, {sex}, 0, 1);
    test::add(outcomes, malignant * 3 / 5, {sex}, 1, 1), test::add(outcomes, malignant * 2 / 5, {sex}, 1, 0);
  }
  const Members members = members_of(outcomes), groups{members[1], members[2]};
  const auto fair = standardised_unfairness(outcomes, groups, 10, kFew);
  BOOST_TEST(fair.groups_used == 2);
  BOOST_TEST(fair.sum.value < 0.001);
  BOOST_TEST(fair.sum.high > 0.05);
  BOOST_TEST(evaluate(outcomes, tally(outcomes)).unfairness_sum == 0.12);
  const auto lacking = standardised_unfairness(outcomes, groups, 51, kFew);
  BOOST_TEST(lacking.groups_used == 0);
  BOOST_TEST(lacking.groups == 2);
  BOOST_TEST(std::isnan(lacking.sum.value));
}

BOOST_AUTO_TEST_CASE(the_worst_group_is_named_and_its_interval_holds_it) {
  const double nan = std::nan("");
  const auto groups = [&](double level) {
    const double wide = level > 0.96 ? 0.2 : 0.1;  // two contenders are judged at 97.5 %
    return std::vector<Estimate>{{0.8, 0.8 - wide, 0.8 + wide}, {0.75, 0.75 - wide, 0.75 + wide}, {nan, nan, nan}};
  };
  const auto worst = worst_of(groups, 0.95);
  BOOST_TEST(worst.group == 1U);
  BOOST_TEST(worst.estimate.value == 0.75);
  BOOST_TEST(worst.estimate.low == 0.65);
  BOOST_TEST(worst.estimate.high == 0.95);
  BOOST_TEST(std::isnan(worst_of([](double) { return std::vector<Estimate>{}; }, 0.95).estimate.value));
}

BOOST_AUTO_TEST_CASE(the_worst_balanced_accuracy_is_of_groups_with_enough_rows_of_every_class) {
  const Outcomes outcomes = some();  // women have no malignant row
  const Members members = members_of(outcomes);
  const auto worst = worst_balanced_accuracy(outcomes, {members[1], members[2]}, 10);
  BOOST_TEST(worst.group == 0U);
  BOOST_TEST(worst.estimate.value == 0.85);
  BOOST_TEST(std::isnan(worst_balanced_accuracy(outcomes, {members[1], members[2]}, 11).estimate.value));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
