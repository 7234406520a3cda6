#include "harness/records/predictions.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

const std::vector<std::string> kAttributes{"sex", "age"};

std::string parse_error(std::string_view text) {
  return message_of<DataError>([&] { parse_predictions(text, "p.csv", kAttributes); });
}

BOOST_AUTO_TEST_SUITE(predictions)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  const test::TemporaryFolder folder;
  auto written = test::some_predictions(3);
  written.rows[1].lesion = "a, \"b\"";
  write_predictions(folder / "p.csv", written);
  const auto read = read_predictions(folder / "p.csv", kAttributes);
  BOOST_TEST(read.classes == written.classes, boost::test_tools::per_element());
  BOOST_REQUIRE(read.rows.size() == written.rows.size());
  for (std::size_t i = 0; i < read.rows.size(); ++i) {
    const auto &a = read.rows[i], &b = written.rows[i];
    BOOST_TEST((a.image == b.image && a.lesion == b.lesion && a.subset == b.subset && a.label == b.label));
    BOOST_TEST((a.prediction == b.prediction && a.attributes == b.attributes));
    BOOST_TEST((a.probabilities == b.probabilities));  // every bit of a float survives
    BOOST_TEST(a.line == i + 2);
  }
}

BOOST_AUTO_TEST_CASE(the_columns_are_the_contracts) {
  const test::TemporaryFolder folder;
  write_predictions(folder / "p.csv", test::some_predictions(3));
  BOOST_TEST(contains(read_file(folder / "p.csv"),
                      "image,lesion,subset,label,prediction,sex,age,p_benign,p_malignant\nIMG_00,,test,"));
}

BOOST_AUTO_TEST_CASE(label_and_prediction_are_enough) {
  const auto read = parse_predictions("prediction,label,score\nNV,MEL,0.5\n", "p.csv", kAttributes);
  BOOST_REQUIRE(read.rows.size() == 1u);
  BOOST_TEST(read.rows[0].label == "MEL");
  BOOST_TEST(read.rows[0].prediction == "NV");
  BOOST_TEST(read.attributes.empty());
  BOOST_TEST(read.classes.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_column_names_the_nearest) {
  BOOST_TEST(contains(parse_error("lable,prediction\nNV,NV\n"), "p.csv:1: no column 'label'; nearest is 'lable'"));
}

BOOST_AUTO_TEST_CASE(a_column_that_looks_misspelt_is_not_silently_ignored) {
  BOOST_TEST(contains(parse_error("label,prediction,leison\n"), "p.csv:1: column 'leison' looks like 'lesion'"));
  BOOST_TEST(contains(parse_error("label,prediction,Age\n"), "column 'Age' looks like 'age'"));
  BOOST_TEST(contains(parse_error("label,prediction,lesion_id\n"), "column 'lesion_id' looks like 'lesion'"));
  BOOST_TEST(contains(parse_error("label,prediction,age_approx\n"), "column 'age_approx' looks like 'age'"));
  BOOST_CHECK_NO_THROW(parse_predictions("label,prediction,site\n", "p.csv", kAttributes));
  BOOST_CHECK_NO_THROW(parse_predictions("label,prediction,age,page\n", "p.csv", kAttributes));
}

BOOST_AUTO_TEST_CASE(bad_cells_are_named_with_their_line) {
  BOOST_TEST(contains(parse_error("label,prediction\nNV,NV\nNV,\n"), "p.csv:3: the prediction is blank"));
  BOOST_TEST(contains(parse_error("label,prediction,p_a,p_b\na,b,0.5,1.5\n"), "p.csv:2: 1.5 in column 'p_b'"));
  BOOST_TEST(contains(parse_error("label,prediction,p_a,p_b\na,b,0.5,-0.1\n"), "p.csv:2: -0.1 in column 'p_b'"));
  BOOST_TEST(contains(parse_error("label,prediction,p_a,p_b\na,b,0.5,high\n"), "p.csv:2: 'high' in column 'p_b'"));
  BOOST_TEST(contains(parse_error("label,prediction,p_a,p_b\na,b,0.5,nan\n"), "p.csv:2: 'nan' in column 'p_b'"));
  BOOST_TEST(contains(parse_error("label,prediction,p_NV,p_MEL\nNV,MLE,0,1\n"), "p.csv:2: unknown class"));
  BOOST_TEST(contains(parse_error("label,prediction,p_NV,p_MEL\nNV,MLE,0,1\n"), "did you mean 'MEL'?"));
  BOOST_TEST(contains(parse_error("label,prediction,p_NV\nNV,NV,1\n"), "only one probability column"));
}

BOOST_AUTO_TEST_CASE(an_image_may_be_once_in_a_subset) {
  const std::string once = "image,subset,label,prediction\nA,test,NV,NV\nA,validation,NV,NV\n";
  BOOST_CHECK_NO_THROW(parse_predictions(once, "p.csv", kAttributes));
  BOOST_TEST(contains(parse_error(once + "A,test,NV,NV\n"), "p.csv:4: image 'A' is already on line 2"));
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_a_data_error) {
  BOOST_CHECK_THROW(read_predictions("/nowhere/p.csv", kAttributes), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
