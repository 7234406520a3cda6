#include <boost/test/unit_test.hpp>

#include "datasets/adapters/adapter.h"
#include "datasets/adapters/adapter_files.h"
#include "datasets/adapters/image_folder.h"
#include "datasets/tables/table.h"
#include "harness/base/error.h"
#include "tests/datasets/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::test::says;

namespace {

Json mine(const std::string& unit = "patient_id") {
  return {{"format", "flnas-adapter/1"},
          {"name", "mine"},
          {"labels", {{"file", "t.csv"}, {"image", "file"}, {"column", "finding"}, {"classes", {"wart", "mole"}}}},
          {"metadata", {{"file", "t.csv"}, {"image", "file"}, {"unit", unit}}},
          {"images", {{"folder", "."}, {"suffixes", {".png"}}}},
          {"tasks", {{"what", Json::object()}, {"other", Json::object()}}}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(adapter_files, test::TemporaryFolder)

BOOST_AUTO_TEST_CASE(without_a_name_the_folder_says_how_it_is_laid_out) {
  write_file(path / "wart/1.png", "x");
  write_file(path / "mole/2.png", "x");
  BOOST_TEST(load_adapter("", path).name == kImageFolder);
  test::write_tables(path, test::many_samples(3));
  BOOST_TEST(load_adapter("", path).name == "isic2019");
  write_json(path / kAdapterFile, mine());
  BOOST_TEST(load_adapter("", path).name == "mine");
  BOOST_TEST(load_adapter("isic2019").name == "isic2019");
  std::filesystem::create_directories(path / "empty");
  BOOST_CHECK_EXCEPTION(load_adapter("", path / "empty"), DataError, says({"adapter.json", "dataset describe"}));
}

BOOST_AUTO_TEST_CASE(a_record_keeps_a_copy_and_no_other_adapter) {
  const Adapter adapter = parse_adapter(mine(), "mine");
  keep_adapter(adapter, path / "run");
  keep_adapter(adapter, path / "run");
  BOOST_TEST(kept_adapter(path / "run", "unknown anywhere").source == adapter.source);
  BOOST_CHECK_EXCEPTION(keep_adapter(parse_adapter(mine("clinic"), "mine"), path / "run"), ConfigError,
                        says({"another adapter", "--out"}));
  BOOST_TEST(kept_adapter(path, "isic2019").name == "isic2019");
  BOOST_CHECK_THROW(kept_adapter(path, "mine"), ConfigError);
}

BOOST_AUTO_TEST_CASE(a_unit_is_called_as_its_column) {
  BOOST_TEST(unit_word(parse_adapter(mine(), "mine")) == "patient");
  BOOST_TEST(unit_word(parse_adapter(mine("Subject ID"), "mine")) == "subject");
  BOOST_TEST(unit_word(load_adapter("isic2019")) == "lesion");
  Json json = mine();
  json.erase("metadata");
  BOOST_TEST(unit_word(parse_adapter(json, "mine")) == "image");
}

BOOST_AUTO_TEST_CASE(where_no_task_is_named_it_is_the_data_set_s_first) {
  const Adapter adapter = parse_adapter(mine(), "mine");
  BOOST_TEST(task_of_data(adapter, "").name == "what");
  BOOST_TEST(task_of_data(adapter, "other").name == "other");
  BOOST_CHECK_EXCEPTION(task_of_data(adapter, "binary"), ConfigError, says({"'binary'", "what"}));
  BOOST_TEST(task_of_data(load_adapter("isic2019"), "binary").name == "binary");
}

BOOST_AUTO_TEST_CASE(a_name_means_that_adapter_whatever_the_folder_holds) {
  write_json(path / kAdapterFile, mine());
  BOOST_TEST(load_adapter("", path).name == "mine");
  BOOST_TEST(load_adapter("isic2019", path).name == "isic2019");
}

BOOST_AUTO_TEST_CASE(the_readmes_example_is_an_adapter) {
  const std::string readme = read_file(std::filesystem::path(tests::tests_dir()) / "../datasets/README.md");
  const auto begin = readme.find("    {\"format\": \"flnas-adapter/1\"");
  BOOST_TEST_REQUIRE(begin != readme.npos);
  const Adapter adapter =
      parse_adapter(parse_json(readme.substr(begin, readme.find("\n\n", begin) - begin), "README"), "");
  BOOST_TEST(adapter.tasks.size() == 2u);
  BOOST_TEST(adapter.task("wart").positive == 1);
  BOOST_TEST(adapter.pairs.size() == 2u);
  BOOST_TEST(group_of(adapter.attributes.at(0), "IV") == 1);
  BOOST_TEST(group_of(adapter.attributes.at(1), "harbour") == -1);
}

BOOST_AUTO_TEST_SUITE_END()
