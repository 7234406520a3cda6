#include "datasets/tables/table.h"

#include <boost/test/unit_test.hpp>

#include "tests/datasets/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using namespace flnas::test;

namespace {

const std::vector<Sample> kSamples = {{"ISIC_1", "MEL", "55", "L1", "male"},
                                      {"ISIC_2", "NV", "", "", "female"},
                                      {"ISIC_3", "UNK", "30", "L3", ""},
                                      {"ISIC_4_downsampled", "SCC", "70", "L1", ""}};

struct Layout {
  Layout() { write_tables(folder.path, kSamples); }
  void labels(const std::string& text) { write_file(folder / kLabels, text); }
  void metadata(const std::string& text) { write_file(folder / kMetadata, text); }
  void image(const std::string& name) { write_file(folder.path / kImages / name, "x"); }
  Table read() { return read_table(folder.path, load_adapter("isic2019")); }
  void expect_refused(std::vector<std::string> parts) { BOOST_CHECK_EXCEPTION(read(), DataError, says(parts)); }

  TemporaryFolder folder;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  BOOST_REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(table, Layout)

BOOST_AUTO_TEST_CASE(rows_join_labels_and_metadata_and_drop_the_unknown_class) {
  const Table table = read();
  BOOST_TEST(table.rows.size() == 3u);
  BOOST_TEST(table.ignored == (std::vector<std::string>{"ISIC_3"}), boost::test_tools::per_element());
  const Row& first = table.rows[0];
  BOOST_TEST(first.label == 0);
  BOOST_TEST(first.lesion == "L1");
  BOOST_TEST(first.values == (std::vector<std::string>{"male", "55"}), boost::test_tools::per_element());
  BOOST_TEST(first.groups == (std::vector<int>{0, 1}), boost::test_tools::per_element());
  BOOST_TEST(table.rows[1].groups == (std::vector<int>{1, -1}), boost::test_tools::per_element());
  BOOST_TEST(table.rows[2].unit() == first.unit());
  BOOST_TEST(table.rows[1].unit() != first.unit());
  BOOST_TEST(table.rows[0].file.empty());
  BOOST_TEST(!table.synthetic);
  BOOST_TEST(table.name == folder.path.filename().string());
}

BOOST_AUTO_TEST_CASE(images_are_found_by_every_suffix_and_the_rest_is_listed) {
  image("ISIC_1_downsampled.jpg");
  image("ISIC_4_downsampled.jpg");
  image("ISIC_3.jpg");
  image("ISIC_9.jpg");
  image("LICENSE.txt");
  const Table table = read();
  BOOST_TEST(table.rows[0].file.filename() == "ISIC_1_downsampled.jpg");
  BOOST_TEST(table.rows[1].file.empty());
  BOOST_TEST(table.rows[2].file.filename() == "ISIC_4_downsampled.jpg");
  BOOST_REQUIRE(table.unlabelled.size() == 1u);
  BOOST_TEST(table.unlabelled[0].filename() == "ISIC_9.jpg");
  BOOST_CHECK_NO_THROW(require_images(table, {0, 2}));
  BOOST_CHECK_EXCEPTION(require_images(table, {0, 1}), DataError, says({kImages, "'ISIC_2'", "1 of 2"}));
}

BOOST_AUTO_TEST_CASE(the_fingerprint_changes_with_either_table) {
  const std::string before = read().fingerprint;
  BOOST_TEST(before.size() == 64u);
  BOOST_TEST(before == read().fingerprint);
  metadata(replaced(metadata_csv(kSamples), ",55,", ",60,"));
  const std::string after = read().fingerprint;
  BOOST_TEST(before != after);
  labels(replaced(labels_csv(kSamples), "1.0", "1"));
  BOOST_TEST(after != read().fingerprint);
}

BOOST_AUTO_TEST_CASE(a_missing_file_or_column_is_named) {
  labels(replaced(labels_csv(kSamples), "MEL", "MLE"));
  expect_refused({kLabels, "'MEL'", "'MLE'"});
  labels(replaced(labels_csv(kSamples), "UNK", "SEBK"));
  expect_refused({kLabels, "unknown class 'SEBK'"});
  labels(labels_csv(kSamples));
  metadata(replaced(metadata_csv(kSamples), "age_approx", "age"));
  expect_refused({kMetadata, "'age_approx'", "'age'"});
  std::filesystem::remove(folder / kMetadata);
  expect_refused({kMetadata, "no such file"});
  BOOST_CHECK_EXCEPTION(read_table(folder / "none", load_adapter("isic2019")), DataError,
                        says({"none", "no such folder"}));
}

BOOST_AUTO_TEST_CASE(a_row_has_exactly_one_label) {
  labels(replaced(labels_csv(kSamples), "ISIC_2,0.0", "ISIC_2,1.0"));
  expect_refused({":3: two labels, 'MEL' and 'NV'"});
  labels(replaced(labels_csv(kSamples), "1.0", "0.0"));
  expect_refused({":2: no label"});
  labels(replaced(labels_csv(kSamples), "1.0", "0.5"));
  expect_refused({":2: class 'MEL' is 0.5"});
  labels(replaced(labels_csv(kSamples), "1.0", "yes"));
  expect_refused({":2: 'yes' in column 'MEL'"});
}

BOOST_AUTO_TEST_CASE(images_are_unique_and_have_metadata) {
  labels(replaced(labels_csv(kSamples), "ISIC_2", "ISIC_1"));
  expect_refused({":3: image 'ISIC_1' is already on line 2"});
  labels(replaced(labels_csv(kSamples), "ISIC_2", "ISIC_22"));
  expect_refused({":3: image 'ISIC_22' has a label but no row in"});
  labels("image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK\n");
  expect_refused({"no labelled image"});
}

BOOST_AUTO_TEST_CASE(a_value_in_no_group_names_file_and_line) {
  metadata(replaced(metadata_csv(kSamples), "male", "M"));
  expect_refused({kMetadata, ":2: sex 'M'"});
}

BOOST_AUTO_TEST_CASE(classes_may_stand_in_one_column_of_a_single_file) {
  Json json = read_json(std::filesystem::path(tests::tests_dir()) / "../datasets/isic2019.json");
  json["labels"] = {{"file", "ham.csv"}, {"image", "image_id"}, {"column", "dx"}, {"classes", {"mel", "nv"}}};
  json["metadata"] = {{"file", "ham.csv"}, {"image", "image_id"}};
  json["tasks"] = {{"two", Json::object()}};
  json["attributes"]["age"]["column"] = "age";
  write_file(folder / "ham.csv", "lesion_id,image_id,dx,age,sex\nL1,I1,nv,80.0,male\nL2,I2,mel,,unknown\n");
  const Adapter adapter = parse_adapter(json, "ham.json");
  const Table ham = read_table(folder.path, adapter);
  BOOST_TEST(ham.rows.size() == 2u);
  BOOST_TEST(ham.rows[0].label == 1);
  BOOST_TEST(ham.rows[0].groups == (std::vector<int>{0, 2}), boost::test_tools::per_element());
  BOOST_TEST(ham.rows[1].groups == (std::vector<int>{-1, -1}), boost::test_tools::per_element());
  write_file(folder / "ham.csv", "lesion_id,image_id,dx,age,sex\nL1,I1,bkl,80.0,male\n");
  BOOST_CHECK_EXCEPTION(read_table(folder.path, adapter), DataError, says({"ham.csv:2", "unknown class 'bkl'"}));
}

BOOST_AUTO_TEST_SUITE_END()
