// On real data, where it is found: FLNAS_SHARED_DATA, or shared/data beside the source tree.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <map>

#include "datasets/splits/split.h"
#include "tests/datasets/fixture.h"
#include "tests/support/preconditions.h"

using namespace flnas;

namespace {

std::map<std::vector<int>, int> cells(const Table& table, const std::vector<std::string>& images) {
  std::map<std::vector<int>, int> counts;
  for (const auto row : table.find(images)) ++counts[table.rows[row].groups];
  return counts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shared_data)

BOOST_AUTO_TEST_CASE(five_thousand_of_the_whole_set_are_balanced_and_lesions_stay_whole,
                     *boost::unit_test::precondition(test::has_shared_data("isic2019-metadata"))) {
  const auto folder = test::shared_data("isic2019-metadata");
  const auto start = std::chrono::steady_clock::now();
  const Table table = read_table(folder, load_adapter("isic2019"));
  BOOST_TEST(table.rows.size() == 25331u);
  const Split split = make_split(table, {.protocol = "clean", .images = 5000, .seed = 1});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  BOOST_TEST_MESSAGE("read and split in " << seconds.count() << " s");
  BOOST_TEST(split.images().size() == 5000u);
  auto counts = cells(table, split.images());
  BOOST_TEST(counts.size() == 6u);      // nobody of unknown sex or age
  BOOST_TEST((counts[{0, 0}]) == 796);  // all young men there are; the other five share what is left
  for (const auto& [groups, count] : counts) BOOST_TEST((count == 796 || count == 840 || count == 841));
  std::map<std::string, std::string> subset_of;
  std::map<std::string, double> lesions;
  for (const char* name : {"train", "validation", "test"}) {
    for (const auto row : table.find(split.subset(name))) {
      const auto [known, added] = subset_of.emplace(table.rows[row].unit(), name);
      BOOST_REQUIRE(known->second == name);
      lesions[name] += added;
    }
  }
  const double all = lesions["train"] + lesions["validation"] + lesions["test"];
  BOOST_TEST(lesions["train"] == 0.7 * all, boost::test_tools::tolerance(0.005));
  BOOST_TEST(lesions["test"] == 0.1 * all, boost::test_tools::tolerance(0.02));
  BOOST_TEST(static_cast<double>(split.train.size()) == 3500.0, boost::test_tools::tolerance(0.002));
  BOOST_TEST(static_cast<double>(split.validation.size()) == 1000.0, boost::test_tools::tolerance(0.005));
  BOOST_TEST(static_cast<double>(split.test.size()) == 500.0, boost::test_tools::tolerance(0.01));
  const Split inferred = make_split(table, {.protocol = "inferred", .images = 5000, .seed = 1});
  BOOST_TEST(inferred.train.size() == 3500u);
  BOOST_TEST(inferred.test.size() == 1500u);
}

BOOST_AUTO_TEST_CASE(the_real_subset_is_taken_whole,
                     *boost::unit_test::precondition(test::has_shared_data("isic2019-subset"))) {
  const auto folder = test::shared_data("isic2019-subset");
  const Table table = read_table(folder, load_adapter("isic2019"));
  const Split split = make_split(table, {});
  BOOST_TEST(split.images().size() == 5000u);
  BOOST_TEST(split.notes.empty());
  auto test = cells(table, split.test);
  for (const auto& [groups, count] : cells(table, split.images())) {
    if (count >= 100) BOOST_TEST(test[groups] == count / 10.0, boost::test_tools::tolerance(0.2));
  }
}

BOOST_AUTO_TEST_SUITE_END()
