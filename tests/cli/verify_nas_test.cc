// `flnas verify` on searches on tables.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "harness/base/hash.h"
#include "tests/cli/nas_fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::test::contains;

namespace {

struct Verified : tests::NasSearch {
  tests::ProgramResult verify(const std::string& more = "") const { return run("verify out " + more); }
  /// Changes the first pair, with the digest of what the record says then: only recomputing finds it.
  template <class Change>
  void changed(const std::string& expected, const Change& change) const {
    const NasSearchRecord whole = record("out");
    NasSearchRecord wrong = whole;
    change(wrong.pairs[0]);
    write_nas_search(path / "out/nas_search.json", wrong);
    const auto result = verify();
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(contains(result.output, expected), result.output);
    write_nas_search(path / "out/nas_search.json", whole);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(verify_nas, Verified)

BOOST_AUTO_TEST_CASE(a_record_is_recomputed_and_a_changed_figure_is_noticed) {
  BOOST_TEST_REQUIRE(run(search("out", "--predictor-cells 20 --seeds 1 --target host")).exit_code == 0);
  BOOST_TEST(verify().exit_code == 0);
  changed("pairs[0].searches[2].hypervolume", [](NasPair& pair) { *pair.searches[2].hypervolume += 0.01; });
  changed("pairs[0].searches[1].igd", [](NasPair& pair) { *pair.searches[1].igd /= 2; });
  changed("pairs[0].true_hypervolume", [](NasPair& pair) { pair.true_front.pop_back(); });
  changed("pairs[0].searches[0].coverage.niche_front", [](NasPair& pair) {
    std::swap(pair.searches[0].coverage.niche_front[0], pair.searches[0].coverage.niche_front[5]);
  });
  changed("pairs[0].searches[0].coverage.niche_evaluated", [](NasPair& pair) {
    ++pair.searches[0].coverage.niche_evaluated[2], ++pair.searches[0].coverage.cost_evaluated[2];
  });
  changed("is not among the pair's points", [](NasPair& pair) { pair.searches[0].front.push_back(9999); });
  changed("dominates another one", [](NasPair& pair) {
    pair.true_front.push_back(pair.true_front.back());
    pair.true_front.back().accuracy -= 1;
  });
  std::string text = read_file(path / "out/nas_search.json");
  write_file(path / "out/nas_search.json", text.replace(text.find("\"budget\":60"), 11, "\"budget\":61"));
  BOOST_TEST(contains(verify().output, "not as it was written"));
}

BOOST_AUTO_TEST_CASE(what_only_the_tables_know_is_looked_up_again) {
  BOOST_TEST_REQUIRE(run(search("out", "--predictor-cells 20 --seeds 2 --target host")).exit_code == 0);
  BOOST_TEST(verify().output.starts_with("VALID: 1 records recomputed\n"));
  changed("pairs[0].points[1].search_accuracy", [](NasPair& pair) { *pair.points[1].search_accuracy += 1; });
  changed("pairs[0].points[0].niche", [](NasPair& pair) { pair.points[0].niche = 5 - pair.points[0].niche; });
  changed("pairs[0].candidates", [](NasPair& pair) { ++pair.candidates; });
  changed("is no candidate of the tables", [](NasPair& pair) { pair.points.push_back({.cell = 9999}); });
  // A cell that no search's front holds: nothing else in the record depends on it.
  changed("pairs[0].points[", [](NasPair& pair) {
    const auto spare = std::find_if(pair.true_front.begin(), pair.true_front.end(), [&](const NasPoint& point) {
      return std::none_of(pair.points.begin(), pair.points.end(),
                          [&](const NasPoint& other) { return other.cell == point.cell; });
    });
    if (spare == pair.true_front.end()) return void(pair.points[0].latency_ms *= 2);
    pair.points.push_back(*spare);
    pair.points.back().latency_ms *= 2;
  });
  NasSearchRecord wrong = record("out");
  *wrong.predictors[1].spearman += 1e-6;
  const NasSearchRecord whole = record("out");
  write_nas_search(path / "out/nas_search.json", wrong);
  BOOST_TEST(contains(verify().output, "predictors[1].spearman"));
  write_nas_search(path / "out/nas_search.json", whole);

  // A changed rank: the file's hash tells, and where that was made right, the correlations.
  const auto file = path / "out/predicted_ranks.bin";
  std::string ranks = read_file(file);
  BOOST_TEST(ranks.size() < 2 * 31'300u);
  // A cell of the second predictor that it was not trained on.
  std::size_t at = ranks.find('\n') + 1 + 2 * 15'625;
  while (ranks[at] == 0 || (ranks[at + 1] & 0x80) != 0) at += 2;
  ranks[at + 1] = 0x7f;
  write_file(file, ranks);
  BOOST_TEST(contains(verify().output, "predicted_ranks.bin: SHA-256"));
  wrong = whole;
  wrong.raw->files["predicted_ranks.bin"] = sha256_file(file);
  write_nas_search(path / "out/nas_search.json", wrong);
  const auto computed = verify();
  BOOST_TEST(computed.exit_code == 1);
  BOOST_TEST(contains(computed.output, "predictors["), computed.output);
}

BOOST_AUTO_TEST_CASE(tables_that_are_not_at_hand_are_said_to_be_missing) {
  std::filesystem::copy(tests::tests_dir() + "/../datasets/nas/miniature", path / "mine",
                        std::filesystem::copy_options::recursive);
  BOOST_TEST_REQUIRE(run("search compare --tables mine --budget 60 --predictor-cells 20 --seeds 1 --target host "
                         "--strategies random --out out")
                         .exit_code == 0);
  BOOST_TEST(verify().output.starts_with("VALID: 1 records recomputed\n"));
  BOOST_TEST_REQUIRE(shell("mv mine moved").exit_code == 0);
  const auto missing = verify();
  BOOST_TEST(missing.exit_code == 0);
  BOOST_TEST(contains(missing.output, "skipped nas_search.json: its tables, mine, are not here: points"),
             missing.output);
  BOOST_TEST(verify("--tables moved").output.starts_with("VALID: 1 records recomputed\n"));
  BOOST_TEST_REQUIRE(shell("echo >> moved/table.json").exit_code == 0);
  BOOST_TEST(contains(verify("--tables moved").output, "moved holds other tables"));
  // The ranks are known by their hash, tables or not.
  BOOST_TEST_REQUIRE(shell("printf x >> out/predicted_ranks.bin").exit_code == 0);
  const auto tampered = verify();
  BOOST_TEST(tampered.exit_code == 1);
  BOOST_TEST(contains(tampered.output, "predicted_ranks.bin: SHA-256"), tampered.output);
}

BOOST_AUTO_TEST_SUITE_END()
