#include "harness/evaluation/metrics_report.h"

#include "harness/evaluation/evaluate_file.h"
#include "tests/evaluation/table_fixture.h"
#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

TableColumns household_columns() {
  return {.label = "truth",
          .prediction = "answer",
          .score = "p",
          .positive = "yes",
          .unit = {},
          .id = {},
          .attributes = {"race", "sex"}};
}

Json report_of(const TableColumns& columns, MetricsReportOptions options = {}) {
  options.settings.bootstrap.resamples = 200;
  return metrics_report(parse_table(test::households(), "t.csv", columns), options);
}

double value(const Json& figure) { return figure.at("value").get<double>(); }

BOOST_AUTO_TEST_SUITE(metrics_report_of_a_table, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(rates_by_group_are_those_of_the_hand_calculation) {
  const Json report = report_of(household_columns());
  const Json &asian = report["groups"]["race=Asian"], &white = report["groups"]["race=White"];
  BOOST_TEST(asian["attribute"] == "race");
  BOOST_TEST(asian["n"] == 36);
  BOOST_TEST(asian["class_n"]["yes"] == 16);
  BOOST_TEST(value(asian["tpr"]) == 0.75);
  BOOST_TEST(value(asian["fnr"]) == 0.25);
  BOOST_TEST(value(asian["fpr"]) == 0.4);
  BOOST_TEST(value(asian["tnr"]) == 0.6);
  BOOST_TEST(value(asian["ppv"]) == 0.6);
  BOOST_TEST(value(asian["accuracy"]) == 24.0 / 36);
  BOOST_TEST(value(white["tpr"]) == 0.2);
  BOOST_TEST(value(white["fpr"]) == 0.25);
  BOOST_TEST(value(white["selection_rate"]) == 8.0 / 36);
  // Agresti and Coull's interval of 8 in 20, to four digits.
  BOOST_TEST(asian["fpr"]["low"].get<double>() == 0.2183, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(asian["fpr"]["high"].get<double>() == 0.6140, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(asian["tnr"]["low"].get<double>() == 1 - 0.6140, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(value(report["tpr"]) == 16.0 / 36);
  BOOST_TEST(value(report["accuracy"]) == 40.0 / 72);
  // Asian: (12, 8) and (4, 12) rows of yes and no at 0.8 and 0.3: AUROC = 12/16 x 12/20 + half of the equal pairs.
  BOOST_TEST(value(asian["auroc"]) == 0.75 * 0.6 + (0.75 * 0.4 + 0.25 * 0.6) / 2);
  BOOST_TEST(value(asian["brier"]) == (12 * 0.04 + 4 * 0.49 + 8 * 0.64 + 12 * 0.09) / 36);
  // Half of all labels are yes: (0.75 + 0.6) / 2, less 40/72.
  BOOST_TEST(value(asian["standardised_accuracy"]) == 0.675);
  BOOST_TEST(value(asian["standardised_gap"]) == 0.675 - 40.0 / 72);
  BOOST_TEST(report["worst_group_balanced_accuracy"]["name"] == "race=White");
  BOOST_TEST(value(report["worst_group_balanced_accuracy"]) == 0.475);
  BOOST_TEST(report["ece"]["low"].get<double>() <= report["ece"]["debiased"].get<double>());
}

BOOST_AUTO_TEST_CASE(fairness_is_told_by_attribute_and_another_attribute_changes_nothing) {
  auto columns = household_columns();
  const Json both = report_of(columns)["by_attribute"];
  BOOST_TEST(value(both["race"]["unfairness_sum"]) == 8.0 / 36);
  BOOST_TEST(value(both["race"]["eodd"]) == 0.55);
  BOOST_TEST(value(both["race"]["eopp1"]) == 0.55);
  BOOST_TEST(value(both["race"]["eopp2"]) == 0.15);
  BOOST_TEST(both["race"]["unknown"]["n"] == 0);
  columns.attributes = {"race"};
  const Json alone = report_of(columns);
  BOOST_TEST(alone["by_attribute"]["race"]["unfairness_sum"] == both["race"]["unfairness_sum"]);
  BOOST_TEST(alone["by_attribute"]["race"]["eodd"] == both["race"]["eodd"]);
  BOOST_TEST(alone["groups"].contains("Asian"));  // no prefix where nothing can clash
}

BOOST_AUTO_TEST_CASE(intersections_are_groups_and_leave_the_totals_alone) {
  const Json plain = report_of(household_columns());
  const Json crossed = report_of(household_columns(), {.subset = "test", .cross = {"race", "sex"}, .settings = {}});
  const Json& cell = crossed["groups"]["race=Asian,sex=f"];
  BOOST_TEST(cell["attribute"] == "race,sex");
  BOOST_TEST(cell["n"] == 18);
  BOOST_TEST(value(cell["tpr"]) == 0.75);
  BOOST_TEST(crossed["groups"].size() == plain["groups"].size() + 4);
  BOOST_TEST(crossed["by_attribute"]["race,sex"].contains("eodd"));
  BOOST_TEST(crossed["unfairness_sum"] == plain["unfairness_sum"]);
  BOOST_TEST(crossed["groups"]["race=White"]["fpr"] == plain["groups"]["race=White"]["fpr"]);
  for (const std::vector<std::string>& bad : {std::vector<std::string>{"race"}, {"race", "race"}, {"race", "sxe"}}) {
    BOOST_CHECK_THROW(report_of(household_columns(), {.subset = "test", .cross = bad, .settings = {}}), ConfigError);
  }
}

BOOST_AUTO_TEST_CASE(rows_of_one_unit_are_resampled_together) {
  auto columns = household_columns();
  const Json rows = report_of(columns);
  columns.unit = "household";
  const Json units = report_of(columns);
  BOOST_TEST(rows["unit"] == "row");
  BOOST_TEST(units["unit"] == "unit");
  BOOST_TEST(units["units"] == 36);
  const auto width = [](const Json& figure) { return figure["high"].get<double>() - figure["low"].get<double>(); };
  const char* group = "race=Asian";
  BOOST_TEST(value(units["groups"][group]["fpr"]) == value(rows["groups"][group]["fpr"]));
  BOOST_TEST(width(units["groups"][group]["fpr"]) > 1.2 * width(rows["groups"][group]["fpr"]));
}

BOOST_AUTO_TEST_CASE(what_is_undefined_is_null) {
  const Json report = metrics_report(
      parse_table("label,prediction,g\n1,1,a\n1,0,a\n0,0,b\n0,1,b\n", "t.csv", {.positive = "1", .attributes = {"g"}}));
  BOOST_TEST(report["groups"]["a"]["fpr"].is_null());
  BOOST_TEST(report["groups"]["a"]["auroc"].is_null());
  BOOST_TEST(value(report["groups"]["a"]["tpr"]) == 0.5);
  BOOST_TEST(report["worst_group_balanced_accuracy"].is_null());  // neither group has both classes
  BOOST_TEST(report["operating_point"].is_null());
}

BOOST_AUTO_TEST_CASE(the_operating_point_comes_from_the_validation_rows) {
  // On validation 0.35 parts yes from no. As predicted, every test row is "no".
  std::string text = "subset,label,prediction,p\n";
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("validation,{},no,{}\n", i % 2 == 0 ? "yes" : "no", i % 2 == 0 ? 0.4 : 0.3);
    text += fmt::format("test,{},no,{}\n", i % 2 == 0 ? "yes" : "no", i % 4 == 0 ? 0.45 : 0.2);
  }
  const Json report = metrics_report(parse_table(text, "t.csv", {.score = "p"}));
  const Json& point = report["operating_point"];
  BOOST_TEST(point["threshold"].get<double>() == 0.35);
  BOOST_TEST(point["n"] == 20);
  BOOST_TEST(value(report["balanced_accuracy"]) == 0.5);
  BOOST_TEST(value(point["balanced_accuracy"]) == 0.75);
  BOOST_TEST(value(point["tpr"]) == 0.5);
  BOOST_TEST(value(point["fpr"]) == 0.0);
}

BOOST_AUTO_TEST_CASE(pooled_folds_have_thresholds_of_their_own_and_one_that_lacks_a_class_is_left_out_and_counted) {
  // On validation 0.35 parts the classes in fold 1 and 0.65 in fold 2; fold 3 has benign rows alone. Tested are rows
  // at 0.5: malignant in fold 1, benign in fold 2.
  std::string text = "image,subset,fold,label,prediction,p_benign,p_malignant\n";
  const auto add = [&](const char* image, const char* subset, int fold, bool malignant, double p) {
    const char* label = malignant ? "malignant" : "benign";
    text += fmt::format("{}{},{},{},{},benign,{},{}\n", image, fold, subset, fold, label, 1 - p, p);
  };
  for (const int fold : {1, 2, 3}) {
    add("v", "validation", fold, false, fold == 1 ? 0.3 : 0.6);
    add("w", "validation", fold, fold != 3, fold == 1 ? 0.4 : 0.7);
    add("t", "test", fold, fold == 1, 0.5);
  }
  const Adapter adapter = load_adapter("isic2019");
  const Predictions predictions = parse_predictions(text, "p.csv", attribute_columns(adapter));
  const Json report = metrics_report(table_of(predictions, adapter));
  BOOST_TEST(report["n"] == 3);
  const Json& point = report["operating_point"];
  BOOST_TEST(!point.contains("threshold"));
  BOOST_TEST(point["thresholds"].size() == 2u);
  BOOST_TEST(point["thresholds"]["1"].get<double>() == 0.35, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(point["thresholds"]["2"].get<double>() == 0.65, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(point["left_out"] == 1);
  BOOST_TEST(value(point["accuracy"]) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_file_that_lacks_a_class_has_the_figures_of_the_others) {
  const Adapter adapter = load_adapter("isic2019");
  const auto report_of_labels = [&](const char* rows) {
    return metrics_report(table_of(
        parse_predictions(std::string("label,prediction,p_benign,p_malignant\n") + rows, "p.csv", {}), adapter));
  };
  const Json report = report_of_labels("benign,benign,0.9,0.1\nbenign,malignant,0.2,0.8\n");
  BOOST_TEST(value(report["accuracy"]) == 0.5);
  BOOST_TEST(report["class_n"]["malignant"] == 0);
  BOOST_TEST(report["recall"]["malignant"]["value"].is_null());
  BOOST_TEST(report["auroc"].is_null());
  BOOST_TEST(report["tpr"].is_null());
}

BOOST_AUTO_TEST_CASE(an_adapter_s_groups_have_the_same_figures) {
  const Adapter adapter = load_adapter("isic2019");
  const Predictions predictions = test::some_predictions(1);
  const Json report = metrics_report(table_of(predictions, adapter));
  BOOST_TEST(report["groups"]["male"].contains("fpr"));
  BOOST_TEST(report["by_attribute"].contains("sex"));
  BOOST_TEST(report["by_attribute"].contains("age"));
  BOOST_TEST(report["groups"]["unknown"].contains("n"));
}

BOOST_AUTO_TEST_CASE(words_that_an_adapter_does_not_name_are_other) {
  const Adapter adapter = load_adapter("isic2019");
  const auto parse = [&](const char* sex) {
    return parse_predictions(fmt::format("label,prediction,sex\nbenign,benign,{}\nmalignant,benign,male\n", sex),
                             "p.csv", attribute_columns(adapter));
  };
  const PredictionTable table = table_of(parse("intersex"), adapter);
  const Json report = metrics_report(table);
  BOOST_TEST(report["groups"]["sex=other"]["n"] == 1);
  BOOST_TEST(report["groups"]["sex=other"]["attribute"] == "sex");
  BOOST_TEST(contains(table.notes.at(0), "(intersex), in 1 row: they are 'sex=other'"));
  BOOST_TEST(!metrics_report(table_of(parse("female"), adapter))["groups"].contains("sex=other"));
}

BOOST_AUTO_TEST_CASE(a_file_stands_for_itself_where_columns_are_named_or_its_classes_are_not_isic_s) {
  const test::TemporaryFolder folder;
  write_file(folder / "own.csv", "label,prediction\n1,1\n0,1\n");
  const std::string file = (folder / "own.csv").string();
  BOOST_TEST(evaluate_file({.predictions = {file}})["positive"] == "1");
  BOOST_TEST(contains(
      message_of<ConfigError>([&] { evaluate_file({.predictions = {file}, .adapter = "isic2019", .label = "label"}); }),
      "leave it out"));
  write_file(folder / "isic.csv", "label,prediction\nmalignant,benign\nbenign,benign\n");
  BOOST_TEST(evaluate_file({.predictions = {(folder / "isic.csv").string()}})["by_attribute"].contains("age"));
  write_file(folder / "sex.csv", "label,prediction,sex,age\nmalignant,benign,male,30\nbenign,benign,female,70\n");
  const Json named = evaluate_file({.predictions = {(folder / "sex.csv").string()}, .adapter = "isic2019"});
  BOOST_TEST(named["groups"]["male"]["n"] == 1);
  BOOST_TEST(named["groups"]["old"]["n"] == 1);
  BOOST_TEST(named["groups"]["unknown"]["n"] == 0);
  write_file(folder / "age.csv", "label,prediction,age\nmalignant,benign,-1\n");
  BOOST_TEST(contains(message_of<DataError>([&] { evaluate_file({.predictions = {(folder / "age.csv").string()}}); }),
                      "age.csv:2: age '-1'"));
  write_file(folder / "sum.csv", "label,prediction,p_benign,p_malignant\nmalignant,benign,0.9,0.9\n");
  BOOST_TEST(contains(message_of<DataError>([&] { evaluate_file({.predictions = {(folder / "sum.csv").string()}}); }),
                      "sum.csv:2: the probabilities sum to 1.8"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
