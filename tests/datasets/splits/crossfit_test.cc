#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "datasets/splits/split.h"
#include "harness/base/json.h"
#include "tests/datasets/fixture.h"

using namespace flnas;
using namespace flnas::test;

namespace {

struct Layout {
  Layout() { write_tables(folder.path, many_samples(2400)); }
  Table read() const { return read_table(folder.path, load_adapter("isic2019")); }
  std::filesystem::path file() const { return folder.path / "split.json"; }

  TemporaryFolder folder;
};

SplitConfig crossfit(int folds, int images = 0) {
  return {.protocol = "crossfit", .images = images, .seed = 3, .folds = folds};
}

std::set<std::string> units(const Table& table, const std::vector<std::string>& images) {
  std::set<std::string> found;
  for (const auto row : table.find(images)) found.insert(table.rows[row].unit());
  return found;
}

bool apart(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const auto& unit) { return b.contains(unit); });
}

bool holds(const std::vector<std::string>& images, const std::string& image) {
  return std::binary_search(images.begin(), images.end(), image);
}

bool has_note(const Split& split, const std::string& note) {
  return std::find(split.notes.begin(), split.notes.end(), note) != split.notes.end();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(crossfit_splits, Layout)

BOOST_AUTO_TEST_CASE(every_image_is_tested_once_and_no_fold_trains_on_a_lesion_that_it_tests) {
  const Table table = read();
  const Split split = make_split(table, crossfit(5));
  BOOST_REQUIRE(split.folds.size() == 5U);
  std::map<std::string, int> tested;
  for (const Subsets& fold : split.folds) {
    for (const auto& image : fold.test) ++tested[image];
    const auto train = units(table, fold.train), validation = units(table, fold.validation),
               test = units(table, fold.test);
    BOOST_TEST(apart(train, validation));
    BOOST_TEST(apart(train, test));
    BOOST_TEST(apart(validation, test));
    BOOST_TEST(fold.train.size() + fold.validation.size() + fold.test.size() == 2400U);
  }
  BOOST_TEST(tested.size() == 2400U);
  BOOST_TEST(std::all_of(tested.begin(), tested.end(), [](const auto& each) { return each.second == 1; }));
  BOOST_TEST(split.images().size() == 2400U);
}

BOOST_AUTO_TEST_CASE(each_fold_has_its_share_of_every_class_and_group) {
  const Table table = read();
  const Split split = make_split(table, crossfit(5));
  const auto check = [&](auto&& belongs) {
    const auto count = [&](const std::vector<std::string>& images) {
      const auto rows = table.find(images);
      return static_cast<double>(
          std::count_if(rows.begin(), rows.end(), [&](auto row) { return belongs(table.rows[row]); }));
    };
    const double all = count(split.images());
    for (const Subsets& fold : split.folds) {
      BOOST_TEST(count(fold.test) / all == 0.2, boost::test_tools::tolerance(0.1));
      BOOST_TEST(count(fold.validation) / all == 0.1, boost::test_tools::tolerance(0.2));
      BOOST_TEST(count(fold.train) / all == 0.7, boost::test_tools::tolerance(0.05));
    }
  };
  check([](const Row&) { return true; });
  for (int label = 0; label < 8; ++label) check([&](const Row& row) { return row.label == label; });
  for (int group = 0; group < 2; ++group) check([&](const Row& row) { return row.groups[0] == group; });
  for (int group = 0; group < 3; ++group) check([&](const Row& row) { return row.groups[1] == group; });
}

BOOST_AUTO_TEST_CASE(five_folds_unless_asked_for_others) {
  BOOST_TEST(make_split(read(), crossfit(0)).folds.size() == 5U);
  BOOST_TEST(make_split(read(), crossfit(3)).folds.size() == 3U);
}

BOOST_AUTO_TEST_CASE(nearly_equal_images_and_all_of_their_lesions_stay_in_one_fold_as_one_unit) {
  Table table = read();
  // A chain of three lesions, the first and third of two images each.
  const FindAlike chain = [](const Table& all, const RowIndices& selected) {
    BOOST_TEST(selected.size() == 2400U);
    const auto rows = all.find({"ISIC_0000001", "ISIC_0000005", "ISIC_0000007"});
    return RowPairs{{rows[0], rows[1]}, {rows[1], rows[2]}};
  };
  std::filesystem::create_directory(folder.path / kImages);
  for (const Row& row : table.rows) write_file(folder.path / kImages / (row.image + ".jpg"), "x");
  table = read();
  const Split split = make_split(table, crossfit(5), chain);
  BOOST_REQUIRE(split.joined.size() == 2U);
  BOOST_TEST(split.joined[0].first == "ISIC_0000001");
  BOOST_TEST(has_note(split, "2 pairs of nearly equal images of different lesions: each is kept together"));
  const std::vector<std::string> together{"ISIC_0000000", "ISIC_0000001", "ISIC_0000005", "ISIC_0000006",
                                          "ISIC_0000007"};
  for (const Subsets& fold : split.folds) {
    for (const auto* part : {&fold.train, &fold.validation, &fold.test}) {
      const auto here =
          std::count_if(together.begin(), together.end(), [&](auto& image) { return holds(*part, image); });
      BOOST_TEST((here == 0 || here == 5));
    }
  }
  join_units(table, split.joined);
  BOOST_TEST(units(table, together).size() == 1U);
  BOOST_TEST(units(table, {"ISIC_0000002"}) == units(read(), {"ISIC_0000002"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(images_without_lesion_are_counted_and_missing_images_are_said) {
  const Table table = read();
  const auto alone =
      std::count_if(table.rows.begin(), table.rows.end(), [](const Row& row) { return row.lesion.empty(); });
  const Split split = make_split(table, crossfit(5), [](const Table&, const RowIndices&) -> RowPairs {
    throw DataError("nobody can look at images that are not here");
  });
  BOOST_TEST(has_note(split, fmt::format("{} images without lesion id: each is a unit of its own", alone)));
  BOOST_TEST(has_note(split, "the images are not here: nearly equal images of different lesions were not looked for"));
}

BOOST_AUTO_TEST_CASE(a_fold_that_lacks_a_class_is_an_error_of_the_task_that_has_it) {
  // Four lesions of class VASC for five folds: eight classes cannot be, two can.
  auto samples = many_samples(600);
  std::erase_if(samples, [](const Sample& sample) { return sample.label == "VASC"; });
  for (int i = 0; i < 4; ++i) samples.push_back({fmt::format("V_{}", i), "VASC", "45", fmt::format("V{}", i), "male"});
  write_tables(folder.path, samples);
  const Table table = read();
  const Split split = make_split(table, crossfit(5));
  BOOST_CHECK_NO_THROW(require_classes(split, table, table.adapter.task("binary")));
  BOOST_CHECK_EXCEPTION(require_classes(split, table, table.adapter.task("isic8")), DataError,
                        says({"has no image of class VASC (task isic8) in its test part", "fewer --folds"}));
  BOOST_CHECK_NO_THROW(require_classes(make_split(table, crossfit(2)), table, table.adapter.task("isic8")));
  // All malignant ones in one lesion: no task can be tested in every fold.
  for (auto& sample : samples) {
    if (sample.label != "NV" && sample.label != "BKL") sample.label = "NV";
  }
  samples[0].label = "MEL";
  write_tables(folder.path, samples);
  BOOST_CHECK_EXCEPTION(make_split(read(), crossfit(5)), DataError, says({"has no image of class", "fewer --folds"}));
}

BOOST_AUTO_TEST_CASE(wrong_numbers_of_folds_are_configuration_errors) {
  const Table table = read();
  BOOST_CHECK_EXCEPTION(make_split(table, crossfit(1)), ConfigError, says({"--folds 1: expected 2 to"}));
  BOOST_CHECK_EXCEPTION(make_split(table, crossfit(-5)), ConfigError, says({"--folds -5"}));
  BOOST_CHECK_EXCEPTION(make_split(table, {.protocol = "clean", .folds = 5}), ConfigError,
                        says({"--folds needs --protocol crossfit, not clean"}));
  BOOST_CHECK_EXCEPTION(make_split(table, crossfit(5, 20)), DataError, says({"fold"}));
}

BOOST_AUTO_TEST_CASE(the_seed_decides_and_the_order_of_the_tables_does_not) {
  const Table table = read();
  const Json first = split_to_json(make_split(table, crossfit(5, 900)));
  Table reversed = table;
  std::reverse(reversed.rows.begin(), reversed.rows.end());
  BOOST_TEST(first == split_to_json(make_split(reversed, crossfit(5, 900))));
  SplitConfig other = crossfit(5, 900);
  other.seed = 4;
  BOOST_TEST(first["folds"] != split_to_json(make_split(table, other))["folds"]);
}

BOOST_AUTO_TEST_CASE(a_written_split_gives_each_fold_and_is_checked) {
  const Table table = read();
  const Split split = make_split(table, crossfit(3, 600));
  const Json json = split_to_json(split);
  write_json(file(), json);
  BOOST_TEST(split_to_json(read_split(file(), table)) == json);
  const Split second = read_split(file(), table, 2);
  BOOST_TEST(second.fold == 2);
  BOOST_TEST(second.train == split.folds[1].train, boost::test_tools::per_element());
  BOOST_TEST(second.subset("test") == split.folds[1].test, boost::test_tools::per_element());
  BOOST_TEST(second.images() == split.images(), boost::test_tools::per_element());
  BOOST_TEST(subsets_of(json, 2).train == split.folds[1].train, boost::test_tools::per_element());
  BOOST_TEST(subsets_of(json, 0).test == split.images(), boost::test_tools::per_element());
  BOOST_CHECK_EXCEPTION(read_split(file(), table, 4), ConfigError, says({"--fold 4", "folds 1 to 3"}));

  const auto refused = [&](const std::function<void(Json&)>& change, const std::string& part) {
    Json changed = json;
    change(changed);
    write_json(file(), changed);
    BOOST_CHECK_EXCEPTION(read_split(file(), table), DataError, says({"split.json", part}));
  };
  refused([](Json& j) { j["folds"][1]["test"] = j["folds"][0]["test"]; }, "is in two subsets");
  refused([](Json& j) { j["folds"][0]["validation"] = j["folds"][0]["test"]; }, "is in two subsets");
  refused([](Json& j) { j["folds"][2]["test"] = Json::array(); }, "'fold 3: test' is empty");
  refused([](Json& j) { j["folds"][0]["test"][0] = "A"; }, "image 'A' is not in");
  refused([](Json& j) { j.erase("folds"); }, "not a flnas-split/1");
  refused([](Json& j) { j.erase("joined"); }, "not a flnas-split/1");

  write_json(file(), split_to_json(make_split(table, {.protocol = "clean", .images = 600})));
  BOOST_CHECK_EXCEPTION(read_split(file(), table, 1), ConfigError, says({"--fold 1", "clean, which has no folds"}));
}

BOOST_AUTO_TEST_SUITE_END()
