#include "harness/records/store.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;
using test::FakeReproduction;

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(a_store_holds_every_listed_record_in_order) {
  const FakeReproduction reproduction;
  const Store store = Store::open(reproduction.out());
  BOOST_TEST(store.reproduction.task == "binary");
  BOOST_REQUIRE(store.runs.size() == 2u);
  BOOST_TEST(store.runs[0].record.kind == "train");
  BOOST_TEST(store.runs[1].record.kind == "constant");
  BOOST_TEST(store.runs[0].folder.string() == reproduction.run().string());
  BOOST_REQUIRE(store.hardware.size() == 1u);
  BOOST_TEST(store.hardware[0].record.latency->samples == 5);
  BOOST_TEST(store.missing.empty());
}

BOOST_AUTO_TEST_CASE(an_interrupted_reproduction_names_what_is_missing) {
  const FakeReproduction reproduction;
  fs::remove(reproduction.run() / "run.json");
  const Store store = Store::open(reproduction.out());
  BOOST_REQUIRE(store.missing.size() == 1u);
  BOOST_TEST(store.missing[0] == "runs/search3-s1-0123456789ab");
  BOOST_TEST(store.runs.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_no_reproduction_is_a_data_error) {
  const test::TemporaryFolder empty;
  BOOST_CHECK_THROW(Store::open(empty.path), DataError);
}

BOOST_AUTO_TEST_CASE(folders_with_a_file_are_found_at_and_below_a_folder) {
  const FakeReproduction reproduction;
  const test::TemporaryFolder several;
  fs::create_directories(several / "b");
  fs::copy(reproduction.out(), several / "b/deep", fs::copy_options::recursive);
  fs::copy(reproduction.out(), several / "a", fs::copy_options::recursive);
  const auto found = folders_with(kReproductionFile, several.path);
  BOOST_REQUIRE(found.size() == 2u);
  BOOST_TEST(found[0].filename() == "a");
  BOOST_TEST(folders_with(kReproductionFile, reproduction.out()).size() == 1u);
  BOOST_TEST(folders_with(kReproductionFile, several / "none").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
