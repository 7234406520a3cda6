#include "harness/evaluation/evaluate.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

const Adapter& isic() {
  static const Adapter adapter = load_adapter("isic2019");
  return adapter;
}

Predictions parse(std::string_view text) { return parse_predictions(text, "p.csv", attribute_columns(isic())); }

Json metrics_of(const Predictions& predictions, const std::string& subset = "test") {
  return evaluate_predictions(predictions, isic(), task_of(predictions, isic()), subset);
}

BOOST_AUTO_TEST_SUITE(evaluate)

BOOST_AUTO_TEST_CASE(the_json_has_the_contracts_keys) {
  const Json metrics = metrics_of(test::some_predictions(1));
  std::vector<std::string> keys;
  for (const auto& [key, value] : metrics.items()) keys.push_back(key);
  const std::vector<std::string> expected{"version",
                                          "subset",
                                          "n",
                                          "lesions",
                                          "min_support",
                                          "bootstrap",
                                          "accuracy",
                                          "balanced_accuracy",
                                          "worst_group",
                                          "unfairness_mean",
                                          "unfairness_sum",
                                          "eodd",
                                          "eopp1",
                                          "eopp2",
                                          "pruning",
                                          "recall",
                                          "groups",
                                          "pairs",
                                          "definitions",
                                          "positive",
                                          "class_n",
                                          "tpr",
                                          "fnr",
                                          "fpr",
                                          "tnr",
                                          "ppv",
                                          "selection_rate",
                                          "auroc",
                                          "tpr_at_fpr_10",
                                          "brier",
                                          "ece",
                                          "worst_group_balanced_accuracy",
                                          "standardised_unfairness_mean",
                                          "standardised_unfairness_sum",
                                          "by_attribute",
                                          "operating_point"};
  BOOST_TEST(keys == expected, boost::test_tools::per_element());
  BOOST_TEST(metrics["n"] == 24);
  BOOST_TEST(metrics["subset"] == "test");
  BOOST_TEST(metrics["bootstrap"]["resamples"] == 2000);
  BOOST_TEST(metrics["worst_group"].contains("name"));
  for (const char* group : {"male", "female", "young", "middle", "old"}) {
    BOOST_TEST(metrics["groups"][group]["accuracy"].contains("low"));
    BOOST_TEST(metrics["groups"][group].contains("attribute"));
  }
  BOOST_TEST(metrics["groups"]["unknown"]["n"].get<int>() > 0);
  BOOST_TEST(metrics["recall"]["malignant"].contains("n"));
}

BOOST_AUTO_TEST_CASE(the_order_of_rows_changes_nothing) {
  auto predictions = test::some_predictions(1);
  const Json before = metrics_of(predictions);
  std::reverse(predictions.rows.begin(), predictions.rows.end());
  BOOST_TEST(metrics_of(predictions) == before);
}

BOOST_AUTO_TEST_CASE(a_row_without_lesion_is_a_lesion_of_its_own) {
  const auto predictions = parse(
      "image,lesion,label,prediction\nA,L1,NV,NV\nB,L1,NV,NV\nC,,NV,NV\nD,,NV,NV\nL1,,NV,MEL\n,,NV,NV\n,,NV,NV\n");
  BOOST_TEST(metrics_of(predictions)["lesions"] == 6);  // L1, then five rows, one of which has an image named L1
}

BOOST_AUTO_TEST_CASE(one_subset_is_taken_and_all_rows_where_there_is_no_choice) {
  const auto two = parse("subset,label,prediction\ntest,NV,NV\ntrain,NV,MEL\ntrain,NV,MEL\n");
  BOOST_TEST(metrics_of(two)["n"] == 1);
  BOOST_TEST(metrics_of(two, "train")["accuracy"]["value"] == 0.0);
  const auto one = parse("subset,label,prediction\nvalidation,NV,NV\n");
  BOOST_TEST(metrics_of(one)["subset"] == "validation");
  BOOST_TEST(metrics_of(parse("label,prediction\nNV,NV\n"))["subset"].is_null());
  BOOST_TEST(contains(message_of<DataError>([&] { metrics_of(two, "tset"); }), "no rows of subset 'tset'"));
  BOOST_TEST(contains(message_of<DataError>([&] { metrics_of(parse("label,prediction\n")); }), "p.csv: no rows"));
}

BOOST_AUTO_TEST_CASE(the_task_follows_the_names_that_occur) {
  BOOST_TEST(task_of(parse("label,prediction\nmalignant,benign\n"), isic()).name == "binary");
  BOOST_TEST(task_of(parse("label,prediction\nMEL,NV\n"), isic()).classes.size() == 8u);
  const Task swapped = task_of(parse("label,prediction,p_malignant,p_benign\nbenign,benign,0,1\n"), isic());
  BOOST_TEST(swapped.name == "binary");
  BOOST_TEST(swapped.positive == 0);
  BOOST_TEST(swapped.classes[0] == "malignant");
  const Task foreign = task_of(parse("label,prediction,p_x,p_y,p_z\nx,y,0,1,0\n"), isic());
  BOOST_TEST(foreign.name == "");
  BOOST_TEST(foreign.classes.size() == 3u);
  const auto two = message_of<DataError>([] { task_of(parse("label,prediction,p_x,p_y\nx,y,0,1\n"), isic()); });
  BOOST_TEST(contains(two, "none is known as the positive one"));
}

BOOST_AUTO_TEST_CASE(an_unknown_class_names_line_and_nearest) {
  const auto message = message_of<DataError>([] { task_of(parse("label,prediction\nMEL,NV\nMELL,NV\n"), isic()); });
  BOOST_TEST(contains(message, "p.csv:3: unknown class 'MELL'; did you mean 'MEL'?"));
}

BOOST_AUTO_TEST_CASE(ages_fall_into_the_papers_groups) {
  const auto predictions = parse(
      "label,prediction,age\nNV,NV,0\nNV,NV,29.9\nNV,NV,30\nNV,NV,65.0\nNV,NV,65.5\nNV,NV,85\nNV,NV,\nNV,NV,NaN\n");
  const Json groups = metrics_of(predictions)["groups"];
  BOOST_TEST(groups["young"]["n"] == 2);
  BOOST_TEST(groups["middle"]["n"] == 2);
  BOOST_TEST(groups["old"]["n"] == 2);
  BOOST_TEST(groups["unknown"]["n"] == 8);  // no row has a sex
}

BOOST_AUTO_TEST_CASE(a_bad_age_is_named_with_its_line) {
  const auto message =
      message_of<DataError>([] { metrics_of(parse("label,prediction,age\nNV,NV,5\nNV,NV,old-ish\n")); });
  BOOST_TEST(contains(message, "p.csv:3: age 'old-ish'"));
}

BOOST_AUTO_TEST_CASE(without_groups_fairness_is_null_and_the_rest_is_there) {
  const Json metrics = metrics_of(parse("label,prediction\nNV,NV\nMEL,NV\n"));
  BOOST_TEST(metrics["accuracy"]["value"] == 0.5);
  for (const char* name : {"worst_group", "unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"}) {
    BOOST_TEST(metrics[name]["value"].is_null());
    BOOST_TEST(metrics[name]["low"].is_null());
  }
  BOOST_TEST(metrics["worst_group"]["name"].is_null());
  BOOST_TEST(metrics["groups"]["male"]["n"] == 0);
  BOOST_TEST(metrics["pairs"]["left_out"]["eodd"] == 32);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
