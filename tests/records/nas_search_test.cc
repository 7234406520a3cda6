#include "harness/records/nas_search.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

using namespace flnas;

namespace {

NasSearchResult search(const std::string& strategy, std::uint64_t seed, double hypervolume) {
  NasSearchResult result;
  result.strategy = strategy;
  result.seed = seed;
  result.evaluations = 10;
  result.hypervolume = hypervolume;
  result.hypervolume_share = hypervolume / 0.9;
  result.igd = 1 - hypervolume;
  result.front = {7, 12};
  result.coverage.niche_evaluated = {1, 2};
  return result;
}

/// Two pairs, two strategies, seeds 1 and 2; one search failed.
NasSearchRecord small() {
  NasSearchRecord record;
  record.strategies = {{.name = "random"}, {.name = "llmnas"}, {.name = "prompt"}};
  record.strategies[2].status = kNotMeasured;
  record.strategies[2].reason = "no language model";
  record.pairs.resize(2);
  record.pairs[0].true_front = {{.cell = 7, .accuracy = 80, .latency_ms = 2}};
  record.pairs[0].searches = {search("random", 1, 0.5), search("random", 2, 0.7), search("llmnas", 1, 0.8),
                              search("llmnas", 2, 0.9)};
  record.pairs[1].searches = {search("random", 1, 0.3), search("random", 2, 0.5), search("llmnas", 1, 0.6)};
  auto failed = search("llmnas", 2, 0.1);
  failed.status = kFailed, failed.reason = "the server went away";
  record.pairs[1].searches.push_back(failed);
  return record;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nas_search, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(a_record_comes_back_as_it_was_written) {
  test::TemporaryFolder folder;
  const NasSearchRecord record = small();
  write_nas_search(folder / "nas_search.json", record);
  const NasSearchRecord read = read_nas_search(folder / "nas_search.json");
  BOOST_TEST(record_to_json(read) == record_to_json(record));
  write_file(folder / "other.json", R"({"schema": 1, "kind": "search"})");
  BOOST_CHECK_THROW(read_nas_search(folder / "other.json"), DataError);
}

BOOST_AUTO_TEST_CASE(a_strategy_is_summarised_over_pairs_and_then_over_seeds) {
  const auto rows = summarise_nas_search(small());
  BOOST_TEST_REQUIRE(rows.size() == 2u);  // what was not measured has no row
  BOOST_TEST(rows[0].strategy == "random");
  BOOST_TEST(rows[0].hypervolume.seeds == 2);
  BOOST_TEST(*rows[0].hypervolume.mean == 0.5);  // 0.4 and 0.6
  BOOST_TEST(*rows[0].hypervolume.low == 0.5 - 12.706 * 0.1);
  BOOST_TEST(*rows[0].igd.mean == 0.5);
  // Its second seed failed on one pair.
  BOOST_TEST(rows[1].hypervolume.seeds == 1);
  BOOST_TEST(*rows[1].hypervolume.mean == 0.7);
  BOOST_TEST(!rows[1].hypervolume.low);
}

BOOST_AUTO_TEST_CASE(a_single_pair_has_its_own_summary) {
  const auto rows = summarise_nas_search(small(), 1);
  BOOST_TEST(*rows[0].hypervolume.mean == 0.4);
  BOOST_TEST(*rows[1].hypervolume.mean == 0.6);
}

BOOST_AUTO_TEST_SUITE_END()
