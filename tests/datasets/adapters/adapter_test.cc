#include "datasets/adapters/adapter.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "tests/datasets/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::test::says;

namespace {

Json isic_json() { return read_json(std::filesystem::path(tests::tests_dir()) / "../datasets/isic2019.json"); }

void expect_refused(const Json& json, std::vector<std::string> parts) {
  parts.insert(parts.begin(), "mine.json");
  BOOST_CHECK_EXCEPTION(parse_adapter(json, "mine.json"), ConfigError, says(parts));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(adapter)

BOOST_AUTO_TEST_CASE(isic2019_has_its_classes_tasks_and_pairs) {
  const Adapter adapter = load_adapter("isic2019");
  BOOST_TEST(adapter.classes.size() == 8u);
  BOOST_TEST(adapter.classes[0] == "MEL");
  const Task& isic8 = adapter.task("isic8");
  BOOST_TEST(isic8.classes == adapter.classes, boost::test_tools::per_element());
  BOOST_TEST(isic8.class_of[7] == 7);
  BOOST_TEST(isic8.positive == -1);
  const Task& binary = adapter.task("binary");
  BOOST_TEST(binary.classes == (std::vector<std::string>{"benign", "malignant"}), boost::test_tools::per_element());
  BOOST_TEST(binary.positive == 1);
  const std::vector<int> malignant = {1, 0, 1, 1, 0, 0, 0, 1};  // MEL NV BCC AK BKL DF VASC SCC
  BOOST_TEST(binary.class_of == malignant, boost::test_tools::per_element());
  BOOST_TEST(adapter.pairs.size() == 4u);
  BOOST_CHECK(adapter.pairs[3] == std::pair(std::string("middle"), std::string("old")));
}

BOOST_AUTO_TEST_CASE(ages_fall_into_the_papers_groups_at_the_borders) {
  const Adapter adapter = load_adapter("isic2019");
  const Attribute& sex = adapter.attributes.at(0);
  const Attribute& age = adapter.attributes.at(1);
  BOOST_TEST(age.name == "age");
  BOOST_TEST(group_of(age, "0") == 0);
  BOOST_TEST(group_of(age, "29.9") == 0);
  BOOST_TEST(group_of(age, "30") == 1);
  BOOST_TEST(group_of(age, "30.0") == 1);
  BOOST_TEST(group_of(age, "65") == 1);
  BOOST_TEST(group_of(age, "65.5") == 2);
  BOOST_TEST(group_of(age, "old") == 2);
  BOOST_TEST(group_of(age, "") == -1);
  BOOST_TEST(group_of(age, "unknown") == -1);
  BOOST_TEST(group_of(age, "NaN") == -1);
  BOOST_TEST(group_of(sex, "Female") == 1);
  BOOST_TEST(group_of(sex, "") == -1);
  BOOST_CHECK_EXCEPTION(group_of(sex, "m"), DataError, says({"sex 'm'", "male, female"}));
  BOOST_CHECK_EXCEPTION(group_of(age, "5O"), DataError, says({"age '5O'", "young, middle, old"}));
}

BOOST_AUTO_TEST_CASE(an_unknown_name_lists_the_adapters) {
  BOOST_CHECK_EXCEPTION(load_adapter("isic2018"), ConfigError, says({"adapter 'isic2018'", "isic2019", ".json"}));
  BOOST_CHECK_THROW(load_adapter("/nowhere/mine.json"), ConfigError);
  BOOST_CHECK_EXCEPTION(load_adapter("isic2019").task("binry"), ConfigError, says({"'binry'", "binary"}));
}

BOOST_AUTO_TEST_CASE(a_wrong_key_is_named_with_its_place) {
  Json json = isic_json();
  json["labels"]["clases"] = 1;
  expect_refused(json, {"mine.json: labels", "'clases'", "'classes'"});
  json = isic_json();
  json.erase("tasks");
  expect_refused(json, {"'tasks' is missing"});
  json = isic_json();
  json["labels"]["classes"] = "MEL";
  expect_refused(json, {"labels.classes", "expected a list of texts"});
  json = isic_json();
  json["format"] = "flnas-adapter/2";
  expect_refused(json, {"flnas-adapter/1"});
}

BOOST_AUTO_TEST_CASE(a_task_must_map_every_class_once) {
  Json json = isic_json();
  json["tasks"]["binary"]["classes"]["benign"].push_back("MEL");
  expect_refused(json, {"tasks.binary.classes.malignant", "'MEL' is mapped twice"});
  json = isic_json();
  json["tasks"]["binary"]["classes"]["benign"] = {"NV"};
  expect_refused(json, {"'BKL' is not mapped"});
  json = isic_json();
  json["tasks"]["binary"]["classes"]["benign"].push_back("NEV");
  expect_refused(json, {"class 'NEV'", "did you mean 'NV'"});
  json = isic_json();
  json["tasks"]["binary"]["positive"] = "malignent";
  expect_refused(json, {"positive", "'malignant'"});
}

BOOST_AUTO_TEST_CASE(groups_must_not_overlap_and_pairs_must_exist) {
  Json json = isic_json();
  json["attributes"]["age"]["groups"]["young"] = {{"to", 30}};
  expect_refused(json, {"attributes.age.groups.middle", "overlaps", "'young'"});
  json = isic_json();
  json["attributes"]["age"]["groups"]["middle"] = {{"from", 65}, {"to", 30}};
  expect_refused(json, {"empty interval"});
  json = isic_json();
  json["attributes"]["age"]["groups"]["old"] = {{"above", 65}, {"below", 200}};
  json["attributes"]["age"]["groups"]["unknown"] = {{"from", 200}};
  expect_refused(json, {"'unknown' appears twice"});
  json = isic_json();
  json["pairs"][0] = {"male", "old"};
  expect_refused(json, {"pairs", "'male' and 'old'"});
}

BOOST_AUTO_TEST_SUITE_END()
