#include "datasets/splits/split.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "harness/base/json.h"
#include "tests/datasets/fixture.h"

using namespace flnas;
using namespace flnas::test;

namespace {

struct Layout {
  Layout() { write_tables(folder.path, many_samples(2400)); }
  Table read() { return read_table(folder.path, load_adapter("isic2019")); }

  TemporaryFolder folder;
};

std::set<std::string> units(const Table& table, const std::vector<std::string>& images) {
  std::set<std::string> found;
  for (const auto row : table.find(images)) found.insert(table.rows[row].unit());
  return found;
}

bool apart(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const auto& unit) { return b.count(unit) > 0; });
}

std::map<std::vector<int>, int> cells(const Table& table, const std::vector<std::string>& images) {
  std::map<std::vector<int>, int> counts;
  for (const auto row : table.find(images)) ++counts[table.rows[row].groups];
  return counts;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(split, Layout)

BOOST_AUTO_TEST_CASE(clean_keeps_lesions_whole_and_ratios_in_every_class_and_group) {
  const Table table = read();
  const Split split = make_split(table, {.protocol = "clean", .images = 0, .seed = 3});
  BOOST_TEST(split.images().size() == table.rows.size());
  const auto train = units(table, split.train), validation = units(table, split.validation),
             test = units(table, split.test);
  BOOST_TEST(apart(train, validation));
  BOOST_TEST(apart(train, test));
  BOOST_TEST(apart(validation, test));
  // Large lesions are shared out like small ones.
  const auto lesions = static_cast<double>(train.size() + validation.size() + test.size());
  BOOST_TEST(static_cast<double>(train.size()) / lesions == 0.7, boost::test_tools::tolerance(0.01));
  BOOST_TEST(static_cast<double>(test.size()) / lesions == 0.1, boost::test_tools::tolerance(0.03));
  const auto share = [&](const std::vector<std::string>& images, auto&& belongs) {
    const auto count = [&](const std::vector<std::string>& of) {
      const auto rows = table.find(of);
      return static_cast<double>(
          std::count_if(rows.begin(), rows.end(), [&](auto r) { return belongs(table.rows[r]); }));
    };
    return count(images) / count(split.images());
  };
  const auto check_ratios = [&](auto&& belongs) {
    BOOST_TEST(share(split.train, belongs) == 0.7, boost::test_tools::tolerance(0.05));
    BOOST_TEST(share(split.validation, belongs) == 0.2, boost::test_tools::tolerance(0.1));
    BOOST_TEST(share(split.test, belongs) == 0.1, boost::test_tools::tolerance(0.15));
  };
  check_ratios([](const Row&) { return true; });
  for (int label = 0; label < 8; ++label) check_ratios([&](const Row& row) { return row.label == label; });
  for (int group = 0; group < 2; ++group) check_ratios([&](const Row& row) { return row.groups[0] == group; });
  for (int group = 0; group < 3; ++group) check_ratios([&](const Row& row) { return row.groups[1] == group; });
}

BOOST_AUTO_TEST_CASE(a_selection_fills_its_cells_evenly) {
  std::vector<Sample> samples;
  const auto add = [&](int count, const char* sex, const char* age) {
    for (int i = 0; i < count; ++i) samples.push_back({fmt::format("I{:05}", samples.size()), "NV", age, "", sex});
  };
  add(20, "male", "20"), add(200, "female", "20"), add(400, "male", "50"), add(400, "female", "50");
  add(90, "male", "80"), add(200, "female", "80"), add(100, "", "50");
  write_tables(folder.path, samples);
  const Table table = read();
  // 600 / 6 = 100; male x young lacks 80, which the other five share: 116 each; male x old has only 90: 122 or 123.
  auto counts = cells(table, make_split(table, {.protocol = "clean", .images = 600, .seed = 1}).images());
  BOOST_TEST(counts.size() == 6u);
  BOOST_TEST((counts[{0, 0}]) == 20);
  BOOST_TEST((counts[{0, 2}]) == 90);
  for (const auto& cell : {std::vector<int>{1, 0}, {0, 1}, {1, 1}, {1, 2}}) {
    BOOST_TEST(counts[cell] >= 122);
    BOOST_TEST(counts[cell] <= 123);
  }
  // With every known cell used up, images of unknown sex come in.
  counts = cells(table, make_split(table, {.protocol = "stated", .images = 1350, .seed = 1}).images());
  BOOST_TEST((counts[{-1, 1}]) == 40);
}

BOOST_AUTO_TEST_CASE(a_class_of_few_large_lesions_does_not_upset_the_ratios) {
  // 100 lesions of one image, and three of thirty in the last class: they have to be placed while there is room.
  std::vector<Sample> samples;
  const std::vector<std::string> ages = {"20", "45", "80"};
  for (int i = 0; i < 190; ++i) {
    const bool large = i >= 100;
    const std::string lesion = large ? fmt::format("LARGE_{}", i % 3) : fmt::format("SMALL_{}", i);
    samples.push_back({fmt::format("ISIC_{:07}", i), large ? "SCC" : "NV",
                       large ? "45" : ages[static_cast<std::size_t>(i % 3)], lesion,
                       !large && i % 2 == 0 ? "female" : "male"});
  }
  write_tables(folder.path, samples);
  const Split split = make_split(read(), {.protocol = "clean", .images = 0, .seed = 1});
  BOOST_TEST(split.train.size() == 133u);
  BOOST_TEST(split.validation.size() == 38u);
  BOOST_TEST(split.test.size() == 19u);
}

BOOST_AUTO_TEST_CASE(stated_and_inferred_have_the_papers_sizes) {
  const Table table = read();
  const Split stated = make_split(table, {.protocol = "stated", .images = 1000, .seed = 1});
  BOOST_TEST(stated.train.size() == 700u);
  BOOST_TEST(stated.validation.size() == 200u);
  BOOST_TEST(stated.test.size() == 100u);
  BOOST_TEST(stated.images().size() == 1000u);
  BOOST_TEST(!apart(units(table, stated.train), units(table, stated.test)));  // by image: lesions leak, as in the paper
  const Split inferred = make_split(table, {.protocol = "inferred", .images = 1000, .seed = 1});
  BOOST_TEST(inferred.train.size() == 700u);
  BOOST_TEST(inferred.test == inferred.validation, boost::test_tools::per_element());
  BOOST_TEST(inferred.images().size() == 1000u);
}

BOOST_AUTO_TEST_CASE(the_seed_decides_and_nothing_else) {
  const Table table = read();
  for (const char* protocol : {"clean", "stated", "inferred"}) {
    const SplitConfig config{.protocol = protocol, .images = 900, .seed = 7};
    const Json first = split_to_json(make_split(table, config));
    BOOST_TEST(first == split_to_json(make_split(table, config)));
    BOOST_TEST(first["subsets"] != split_to_json(make_split(table, {protocol, 900, 8}))["subsets"]);
    // The seed decides which images are selected, and also how the same images are divided.
    BOOST_TEST((make_split(table, config).images() != make_split(table, {protocol, 900, 8}).images()));
    BOOST_TEST((make_split(table, {protocol, 0, 7}).test != make_split(table, {protocol, 0, 8}).test));
    Table reversed = table;
    std::reverse(reversed.rows.begin(), reversed.rows.end());
    BOOST_TEST(first == split_to_json(make_split(reversed, config)));
  }
}

BOOST_AUTO_TEST_CASE(fewer_images_than_asked_for_are_all_taken_and_noted) {
  const Table table = read();
  const Split split = make_split(table, {.protocol = "clean", .images = 5000, .seed = 1});
  BOOST_TEST(split.images().size() == 2400u);
  BOOST_REQUIRE(!split.notes.empty());
  BOOST_TEST(split.notes[0] == "5000 images were asked for and the data has 2400: all are taken");
}

BOOST_AUTO_TEST_CASE(an_empty_subset_or_group_is_an_error) {
  write_tables(folder.path, {{"I1", "NV", "20", "L", "male"}, {"I2", "NV", "50", "L", "female"}});
  BOOST_CHECK_EXCEPTION(make_split(read(), {}), DataError, says({"too few"}));
  auto samples = many_samples(200);
  for (auto& sample : samples) sample.age = sample.age == "20" || sample.age == "25" ? "40" : sample.age;
  write_tables(folder.path, samples);
  BOOST_CHECK_EXCEPTION(make_split(read(), {}), DataError, says({"group 'young' (age)"}));
}

BOOST_AUTO_TEST_CASE(a_label_without_image_is_an_error_only_where_there_are_images) {
  write_file(folder.path / kImages / "ISIC_0000000.jpg", "x");
  BOOST_CHECK_EXCEPTION(make_split(read(), {}), DataError, says({"'ISIC_0000001'", "2399 of 2400"}));
}

BOOST_AUTO_TEST_CASE(wrong_settings_are_configuration_errors) {
  const Table table = read();
  BOOST_CHECK_EXCEPTION(make_split(table, {"cleam", 10, 1}), ConfigError, says({"protocol 'cleam'", "'clean'"}));
  BOOST_CHECK_EXCEPTION(make_split(table, {"clean", -1, 1}), ConfigError, says({"--images -1"}));
  BOOST_CHECK_THROW(Split().subset("tests"), ConfigError);
}

BOOST_AUTO_TEST_CASE(a_written_split_reads_back_and_is_checked) {
  const Table table = read();
  const auto file = folder / "split.json";
  const Split split = make_split(table, {.protocol = "inferred", .images = 300, .seed = 5});
  const Json json = split_to_json(split);
  write_json(file, json);
  BOOST_TEST(split_to_json(read_split(file, table)) == json);
  const auto expect_refused = [&](const Json& changed, std::vector<std::string> parts) {
    write_json(file, changed);
    parts.push_back("split.json");
    BOOST_CHECK_EXCEPTION(read_split(file, table), DataError, says(parts));
  };
  Json changed = json;
  changed["data"]["fingerprint"] = std::string(64, '0');
  expect_refused(changed, {"made for other data", "000000000000"});
  changed = json;
  changed["subsets"]["test"] = Json::array();
  expect_refused(changed, {"'test' is empty"});
  changed = json;
  changed["subsets"]["test"][0] = "A";
  expect_refused(changed, {"image 'A' is not in"});
  changed = json;
  changed["subsets"]["train"] = json["subsets"]["validation"];
  expect_refused(changed, {"is in two subsets (train, validation)"});
  changed = json;
  changed["protocol"] = "stated";
  expect_refused(changed, {"is in two subsets (validation, test)"});
  const Json stated = split_to_json(make_split(table, {.protocol = "stated", .images = 300, .seed = 5}));
  changed = stated;
  changed["subsets"]["test"] = stated["subsets"]["train"];
  expect_refused(changed, {"is in two subsets (train, test)"});
  changed = json;
  changed.erase("unit");
  expect_refused(changed, {"not a flnas-split/1 file"});
  expect_refused(Json::array({1}), {"not a flnas-split/1 file"});
}

BOOST_AUTO_TEST_SUITE_END()
