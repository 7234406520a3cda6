// Figures by group against scikit-learn and fairlearn (make_scores_golden.py).
#include <boost/test/unit_test.hpp>

#include "harness/evaluation/evaluate.h"
#include "harness/metrics/figures/group_figures.h"
#include "harness/metrics/scores/operating_point.h"
#include "tests/support/paths.h"

namespace flnas {
namespace {

const std::string kFolder = tests::tests_dir() + "/metrics/golden/";

metrics::Scores scores_of(const Predictions& predictions, const std::string& subset) {
  metrics::Scores scores;
  for (const auto& row : predictions.rows) {
    if (row.subset == subset) {
      scores.probabilities.insert(scores.probabilities.end(), row.probabilities.begin(), row.probabilities.end());
    }
  }
  return scores;
}

void check_figures(const metrics::GroupFigures& ours, const Json& golden) {
  BOOST_TEST(static_cast<double>(ours.rows) == golden["n"].get<double>());
  metrics::GroupFigures::for_each_figure(ours, [&](const std::string& name, const metrics::Estimate& estimate) {
    if (name == "standardised_gap") return;  // of standardised_accuracy, which is compared
    BOOST_TEST_CONTEXT(name) {
      if (golden.contains(name)) {
        BOOST_TEST(estimate.value == golden[name].get<double>());
      } else {
        BOOST_TEST(std::isnan(estimate.value));
      }
    }
  });
}

void check_golden(const std::string& name) {
  const Json golden = read_json(kFolder + name + ".json");
  const Adapter adapter = load_adapter("isic2019");
  const auto predictions = read_predictions(kFolder + name + ".csv", attribute_columns(adapter));
  const auto outcomes = outcomes_of(predictions, adapter, task_of(predictions, adapter), "test");
  const auto members = metrics::members_of(outcomes);
  const auto ours = group_figures(outcomes, scores_of(predictions, "test"), members, {.resamples = 100});
  check_figures(ours[0], golden["all"]);
  std::size_t at = 1;
  for (const auto& attribute : outcomes.attributes) {
    metrics::Members groups;
    for (const auto& group : attribute.groups) {
      BOOST_TEST_CONTEXT(group) { check_figures(ours[at], golden["groups"][group]); }
      groups.push_back(members[at++]);
    }
    const auto worst = metrics::worst_balanced_accuracy(outcomes, groups, 0);
    BOOST_TEST(worst.estimate.value == golden["worst_balanced_accuracy"][attribute.name].get<double>());
  }
}

// The probabilities are stored as floats: 1e-7 each.
BOOST_AUTO_TEST_SUITE(scores_golden, *boost::unit_test::tolerance(1e-6))

BOOST_AUTO_TEST_CASE(two_classes_agree_with_scikit_learn) { check_golden("scores_binary"); }

BOOST_AUTO_TEST_CASE(three_classes_agree_with_scikit_learn) { check_golden("scores_three"); }

BOOST_AUTO_TEST_CASE(the_operating_point_is_the_best_of_scikit_learn_s_curve) {
  const Json golden = read_json(kFolder + "scores_binary.json");
  const auto predictions = read_predictions(kFolder + "scores_binary.csv", {});
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;
  for (const auto& row : predictions.rows) {
    if (row.subset != "validation") continue;
    scores.push_back(row.probabilities[1]);
    positive.push_back(row.label == "malignant" ? 1 : 0);
  }
  const auto point = metrics::choose_operating_point(scores, positive);
  BOOST_TEST(point->balanced_accuracy == golden["best_validation_balanced_accuracy"].get<double>());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
