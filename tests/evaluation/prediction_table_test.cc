#include "harness/evaluation/prediction_table.h"

#include "tests/evaluation/table_fixture.h"
#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

const TableColumns kHouseholds{
    .label = "truth", .prediction = "answer", .score = {}, .positive = {}, .unit = {}, .id = {}, .attributes = {}};

PredictionTable parse(std::string_view text, const TableColumns& columns = {}) {
  return parse_table(text, "t.csv", columns);
}

std::string refused(std::string_view text, const TableColumns& columns = {}) {
  try {
    parse(text, columns);
  } catch (const Error& error) {
    return fmt::format("{}: {}", error.exit_code(), error.what());
  }
  return "accepted";
}

bool notes(const PredictionTable& table, const std::string& part) {
  return std::any_of(table.notes.begin(), table.notes.end(), [&](const auto& note) { return contains(note, part); });
}

std::string groups(const PredictionTable& table) {
  std::string text;
  for (const auto& row : table.predictions.rows) text += row.attributes.at(0) + ";";
  return text;
}

BOOST_AUTO_TEST_SUITE(prediction_table)

BOOST_AUTO_TEST_CASE(columns_of_any_name_are_read) {
  TableColumns columns = kHouseholds;
  columns.attributes = {"race", "sex"};
  columns.unit = "household";
  columns.id = "who";
  const PredictionTable table = parse(test::households(), columns);
  BOOST_TEST(table.predictions.rows.size() == 72U);
  BOOST_TEST(table.task.classes == (std::vector<std::string>{"no", "yes"}), boost::test_tools::per_element());
  BOOST_TEST(table.task.positive == 1);
  BOOST_TEST(table.predictions.rows[0].lesion == "h0");
  BOOST_TEST(table.ids[71] == "w71");
  BOOST_TEST(table.predictions.rows[0].attributes[0] == "race=Asian");
  BOOST_TEST(table.adapter.pairs.size() == 2U);
  BOOST_TEST(notes(table, "--positive is not given: taken is 'yes'"));
  BOOST_TEST(notes(table, "--score is not given"));
  columns.attributes = {"race"};
  BOOST_TEST(parse(test::households(), columns).predictions.rows[0].attributes[0] == "Asian");
}

BOOST_AUTO_TEST_CASE(what_is_not_given_is_said) {
  const PredictionTable table = parse("label,prediction\n0,1\n1,1\n");
  for (const char* flag : {"--score", "--attributes", "--unit", "--positive"}) BOOST_TEST(notes(table, flag));
}

BOOST_AUTO_TEST_CASE(numbers_and_truth_values_are_classes_however_they_are_written) {
  const PredictionTable numbers = parse("label,prediction\n1,1.0\n0,1\n0,0.0\n");
  BOOST_TEST(numbers.task.classes == (std::vector<std::string>{"0", "1"}), boost::test_tools::per_element());
  BOOST_TEST(numbers.predictions.rows[0].prediction == "1");
  const PredictionTable words = parse("label,prediction\n1,True\n0,False\n");
  BOOST_TEST(words.predictions.rows[0].prediction == "1");
  const PredictionTable ten = parse("label,prediction\n10,9\n9,2\n2,10\n");
  BOOST_TEST(ten.task.classes == (std::vector<std::string>{"2", "9", "10"}), boost::test_tools::per_element());
  BOOST_TEST(parse("label,prediction\n a ,b\nb,a\n", {.positive = "a"}).task.positive == 0);
}

BOOST_AUTO_TEST_CASE(two_unusual_classes_need_a_positive_one) {
  const std::string text = "label,prediction\nleft,right\nright,right\n";
  BOOST_TEST(
      contains(refused(text), "2: t.csv: of the classes 'left' and 'right' one is the positive one; say which: "));
  BOOST_TEST(contains(refused(text, {.positive = "rihgt"}), "did you mean 'right'"));
  BOOST_TEST(parse(text, {.positive = "left"}).task.positive == 0);
}

BOOST_AUTO_TEST_CASE(of_more_than_two_classes_a_positive_one_stands_against_the_rest) {
  const std::string text = "label,prediction\na,b\nb,c\nc,a\n";
  BOOST_TEST(parse(text).task.classes.size() == 3U);
  const PredictionTable table = parse(text, {.positive = "c"});
  BOOST_TEST(table.task.classes == (std::vector<std::string>{"not c", "c"}), boost::test_tools::per_element());
  BOOST_TEST(table.predictions.rows[1].label == "not c");
  BOOST_TEST(table.predictions.rows[1].prediction == "c");
}

BOOST_AUTO_TEST_CASE(labels_and_predictions_have_to_speak_of_the_same_classes) {
  BOOST_TEST(contains(refused("label,prediction\n0,Low\n1,High\n"),
                      "3: t.csv:1: 'label' has '0', '1' and 'prediction' has 'High', 'Low': no class in common"));
  BOOST_TEST(contains(refused("label,prediction\n0,0.3\n1,0.8\n1,0.7\n"), "look like scores"));
  BOOST_TEST(contains(refused("label,prediction\n1,1\n1,1\n"), "every label and every prediction is '1'"));
  BOOST_TEST(contains(refused("label,prediction\n1,\n0,1\n"), "t.csv:2: 'prediction' is blank"));
  BOOST_TEST(contains(refused("label,prediction\n1,1\nNaN,1\n"), "t.csv:3: 'label' is NaN"));
  BOOST_TEST(contains(refused("label,prediction\n"), "no rows below the header"));
  BOOST_TEST(notes(parse("label,prediction\n1,1\n1,0\n"), "every label is '1'"));
}

BOOST_AUTO_TEST_CASE(a_missing_column_is_named_with_what_to_do) {
  BOOST_TEST(contains(refused("y,prediction\n1,1\n"), "no column 'label'; say which one it is: --label COLUMN"));
  BOOST_TEST(contains(refused("label,prediction,race\n1,1,a\n0,1,b\n", {.attributes = {"rase"}}), "nearest is 'race'"));
  BOOST_TEST(contains(refused("label,prediction,race\n1,1,a\n0,1,b\n", {.attributes = {"race", "race"}}), "twice"));
}

BOOST_AUTO_TEST_CASE(files_in_another_form_are_named_as_what_they_are) {
  std::string utf16;
  for (const char c : std::string("label,prediction\n1,1\n")) utf16 += {c, '\0'};
  BOOST_TEST(contains(refused("\xFF\xFE" + utf16), "3: t.csv:1: is UTF-16; save it as UTF-8"));
  BOOST_TEST(contains(refused("label,prediction\r1,1\r0,1\r"), "carriage returns alone"));
  BOOST_TEST(contains(refused("label;prediction\n1;1\n"), "semicolons"));
}

BOOST_AUTO_TEST_CASE(scores_are_numbers_that_agree_with_the_prediction) {
  const TableColumns scored{.score = "p"};
  const PredictionTable table = parse("label,prediction,p\n1,1,0.9\n0,1,0.6\n0,0,0.2\n", scored);
  BOOST_TEST(table.scores == (std::vector<double>{0.9, 0.6, 0.2}), boost::test_tools::per_element());
  BOOST_TEST(!notes(table, "no threshold"));
  BOOST_TEST(contains(refused("label,prediction,p\n1,1,0.9\n0,1,NaN\n", scored), "t.csv:3: 'NaN' in column 'p'"));
  BOOST_TEST(contains(refused("label,prediction,p\n1,1,0.9\n0,1,\n", scored), "t.csv:3: '' in column 'p'"));
  BOOST_TEST(contains(refused("label,prediction,p\n1,1,0.1\n0,0,0.9\n", scored), "'p' contradicts 'prediction'"));
  BOOST_TEST(notes(parse("label,prediction,p\n1,1,0.9\n0,0,0.5\n0,1,0.4\n0,0,0.2\n", scored),
                   "no threshold on 'p' gives 'prediction': at the best one 1 row differs"));
  BOOST_TEST(notes(parse("label,prediction,p\n1,1,9\n0,0,2\n", scored), "goes from 2 to 9 and is no probability"));
  BOOST_TEST(contains(refused("label,prediction,p\na,b,9\nb,c,2\nc,c,2\n", scored), "--positive"));
}

BOOST_AUTO_TEST_CASE(probabilities_have_to_sum_to_one_and_contradictions_are_counted) {
  const PredictionTable table = parse("label,prediction,p_0,p_1\n1,1,0.33,0.67\n0,1,0.6,0.4\n");
  BOOST_TEST(table.predictions.classes.size() == 2U);
  BOOST_TEST(notes(table, "in 1 row the prediction is not the most probable class"));
  BOOST_TEST(contains(refused("label,prediction,p_0,p_1\n1,1,0.3,0.7\n0,1,0.6,0.6\n"),
                      "t.csv:3: the probabilities sum to 1.2; they have to sum to 1"));
  BOOST_TEST(contains(refused("label,prediction,p_0,p_1\n1,1,nan,0.7\n0,1,0.6,0.6\n"), "t.csv:2: 'nan'"));
  BOOST_TEST(contains(refused("label,prediction,p_0,p_1\n1,1,-0.5,1.5\n0,1,0.6,0.4\n"), "not a probability"));
}

BOOST_AUTO_TEST_CASE(values_that_no_group_names_are_other_and_unknown_ones_are_counted) {
  const std::string text = "label,prediction,race\n1,1,Asian\n0,1,asian\n0,0,White\n1,0,Pacific\n1,1,\n1,0,NA\n";
  const PredictionTable all = parse(text, {.attributes = {"race"}});
  BOOST_TEST(groups(all) == "Asian;Asian;White;Pacific;;;");
  BOOST_TEST(notes(all, "'race' is unknown in 2 rows"));
  BOOST_TEST(groups(parse(text, {.attributes = {"race:white:ASIAN"}})) == "Asian;Asian;White;other;;;");
  BOOST_TEST(contains(refused(text, {.attributes = {"race:Wihte"}}), "did you mean 'White'"));
}

BOOST_AUTO_TEST_CASE(numbers_are_cut_into_groups_and_impossible_ages_are_unknown) {
  const std::string text = "label,prediction,age\n1,1,29.9\n0,1,30\n0,0,65\n1,0,66\n1,1,-1\n1,0,999\n";
  const PredictionTable table = parse(text, {.attributes = {"age:30:66"}});
  BOOST_TEST(groups(table) == "<30;30 to <66;30 to <66;>=66;;;");
  BOOST_TEST(notes(table, "'age' is outside 0 to 120 in 2 rows (-1, 999): counted as unknown"));
  BOOST_TEST(contains(refused(text, {.attributes = {"age:66:30"}}), "have to rise"));
  BOOST_TEST(contains(refused("label,prediction,age\n1,1,old\n0,1,3\n", {.attributes = {"age:30"}}),
                      "t.csv:2: 'old' in column 'age' is not a number"));
  std::string many = "label,prediction,age\n";
  for (int age = 20; age < 60; ++age) many += fmt::format("{},1,{}\n", age % 2, age);
  BOOST_TEST(contains(refused(many, {.attributes = {"age"}}), "2: t.csv: 'age' has 40 different values; cut it"));
}

BOOST_AUTO_TEST_CASE(ids_have_to_name_each_row_once) {
  BOOST_TEST(parse("id,label,prediction\na,1,1\nb,0,1\n").ids.size() == 2U);
  BOOST_TEST(parse("id,label,prediction\na,1,1\na,0,1\n").ids.empty());
  BOOST_TEST(
      contains(refused("k,label,prediction\na,1,1\na,0,1\n", {.id = "k"}), "t.csv:3: k 'a' is already on line 2"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
