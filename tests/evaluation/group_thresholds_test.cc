#include "harness/evaluation/group_thresholds.h"

#include <boost/test/unit_test.hpp>

#include "datasets/adapters/groups.h"
#include "harness/base/error.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;

const Adapter kAdapter = load_adapter("isic2019");
const Task kTask = kAdapter.task("binary");

/// "sex label probability of malignant"
Predictions predictions(const std::vector<std::tuple<std::string, bool, float>>& rows) {
  Predictions all;
  all.attributes = {"sex", "age"};
  all.classes = kTask.classes;
  for (const auto& [sex, malignant, p] : rows) {
    PredictionRow row;
    row.label = malignant ? "malignant" : "benign";
    row.attributes = {sex, "50"};
    row.probabilities = kTask.positive == 0 ? std::vector<float>{p, 1 - p} : std::vector<float>{1 - p, p};
    all.rows.push_back(row);
  }
  return all;
}

/// Both groups are told apart alike, at other scores. With one threshold, 0.45, all malignant females and half of the
/// males are found.
Predictions two_groups() {
  return predictions({{"female", true, 0.9F},
                      {"female", false, 0.7F},
                      {"female", true, 0.6F},
                      {"female", false, 0.2F},
                      {"male", true, 0.5F},
                      {"male", false, 0.4F},
                      {"male", true, 0.3F},
                      {"male", false, 0.1F}});
}

std::vector<std::string> answers(const Predictions& predictions) {
  std::vector<std::string> all;
  for (const auto& row : predictions.rows) all.push_back(row.prediction);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(group_thresholds)

BOOST_AUTO_TEST_CASE(groups_get_the_thresholds_that_give_them_the_same_rates) {
  const auto sex = attribute_indices(kAdapter, "sex");
  for (const char* criterion : {"opportunity", "odds"}) {
    const auto found = choose_thresholds(two_groups(), kAdapter, kTask, sex, criterion, 1);
    // The first point with the highest balanced accuracy, 3/4: half of the malignant of each group and no benign.
    BOOST_TEST(found.by_group.at("female") == 0.8, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(found.by_group.at("male") == 0.45, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(found.target_tpr == 0.5);
    BOOST_TEST(found.pooled == 0.55, boost::test_tools::tolerance(1e-6));
    Predictions changed = two_groups();
    apply_thresholds(found, kAdapter, kTask, changed);
    BOOST_TEST(answers(changed) == (std::vector<std::string>{"malignant", "benign", "benign", "benign", "malignant",
                                                             "benign", "benign", "benign"}));
  }
}

BOOST_AUTO_TEST_CASE(a_group_that_is_too_small_or_unknown_gets_the_pooled_threshold) {
  const auto sex = attribute_indices(kAdapter, "sex");
  const auto found = choose_thresholds(two_groups(), kAdapter, kTask, sex, "odds", 3);
  BOOST_TEST(found.by_group.empty());
  // The first of the pooled points with the highest balanced accuracy: three of four malignant, one of four benign.
  BOOST_TEST(found.pooled == 0.45, boost::test_tools::tolerance(1e-6));
  Predictions others = predictions({{"", true, 0.46F}, {"unknown", true, 0.44F}});
  apply_thresholds(found, kAdapter, kTask, others);
  BOOST_TEST(answers(others) == (std::vector<std::string>{"malignant", "benign"}));
}

BOOST_AUTO_TEST_CASE(probabilities_stay_as_they_are) {
  Predictions changed = two_groups();
  apply_thresholds({.attributes = {"sex"}, .pooled = 0.95}, kAdapter, kTask, changed);
  for (std::size_t i = 0; i < changed.rows.size(); ++i) {
    BOOST_TEST(changed.rows[i].probabilities == two_groups().rows[i].probabilities);
    BOOST_TEST(changed.rows[i].prediction == "benign");
  }
}

BOOST_AUTO_TEST_CASE(joint_groups_are_named_by_all_attributes) {
  BOOST_TEST(joint_group(kAdapter, attribute_indices(kAdapter, ""), {1, 0}) == "female young");
  BOOST_TEST(joint_group(kAdapter, attribute_indices(kAdapter, "age"), {1, -1}) == "unknown");
  BOOST_TEST(test::contains(test::message_of<ConfigError>([] { attribute_indices(kAdapter, "agee"); }), "'age'"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_done_is_said) {
  const auto sex = attribute_indices(kAdapter, "sex");
  BOOST_CHECK_THROW(choose_thresholds(two_groups(), kAdapter, kAdapter.task("isic8"), sex, "odds"), ConfigError);
  BOOST_CHECK_THROW(choose_thresholds(predictions({{"male", true, 0.5F}}), kAdapter, kTask, sex, "odds"), DataError);
}

BOOST_AUTO_TEST_SUITE_END()
