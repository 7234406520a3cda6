// `flnas search compare --tables` as a user runs it, on the committed miniature table.
#include <boost/test/unit_test.hpp>

#include "tests/cli/nas_fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::test::contains;

BOOST_FIXTURE_TEST_SUITE(search_nas, tests::NasSearch)

BOOST_AUTO_TEST_CASE(all_offline_strategies_are_scored_and_what_needs_a_language_model_is_not_measured) {
  const auto result = run(search("out", "--predictor-cells 20 --seeds 2"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(result.output, "llmnas-offline"));
  BOOST_TEST(contains(result.output, "not measured: no language model was asked"));
  const NasSearchRecord found = record("out");
  BOOST_TEST(!found.table.published);
  BOOST_TEST(found.table.cells == 256);
  BOOST_TEST(found.pairs.size() == 2u);
  BOOST_TEST(found.predictors.size() == 2u);
  BOOST_TEST(contains(found.command, "--budget 60"));
  std::size_t measured = 0;
  for (const auto& strategy : found.strategies) {
    measured += strategy.status == kPassed;
    BOOST_TEST((strategy.status == kPassed) == !strategy.language_model);
  }
  for (const auto& pair : found.pairs) {
    BOOST_TEST(pair.searches.size() == 2 * measured);
    BOOST_TEST(!pair.true_front.empty());
    for (const auto& one : pair.searches) {
      BOOST_TEST(one.evaluations == 60);
      BOOST_TEST(*one.hypervolume > 0);
      BOOST_TEST(*one.hypervolume_share <= 1);
      BOOST_TEST(one.curve.evaluations.back() == 60);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_killed_search_continues_and_ends_like_one_that_was_not) {
  const std::string some = "--predictor-cells 20 --seeds 3 --strategies random,nsga2 --target host";
  BOOST_TEST_REQUIRE(run(search("whole", some)).exit_code == 0);
  // Killed in the middle of a line.
  BOOST_TEST_REQUIRE(
      run(search("killed", "--predictor-cells 20 --seeds 2 --strategies random,nsga2 --target host")).exit_code == 0);
  const auto file = path / "killed/searches/lesions-host.jsonl";
  const std::string lines = read_file(file);
  write_file(file, lines.substr(0, lines.size() - 100));
  std::filesystem::remove(path / "killed/nas_search.json");
  BOOST_TEST_REQUIRE(run(search("killed", some)).exit_code == 0);
  BOOST_TEST(figures(record("killed")) == figures(record("whole")));
  const auto other = run(search("killed", some, "--budget 70"));
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.output, "holds a search with another 'budget'; choose another --out"), other.output);
}

BOOST_AUTO_TEST_CASE(a_converted_folder_without_proxies_runs_every_strategy) {
  BOOST_TEST_REQUIRE(shell(fmt::format("mkdir converted && cp {0}/table.json {0}/hw_*.csv {0}/nb201_*.csv converted",
                                       tests::tests_dir() + "/../datasets/nas/miniature"))
                         .exit_code == 0);
  const auto result = run("search compare --tables converted --budget 60 --predictor-cells 20 --seeds 1 --out out");
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  BOOST_TEST(contains(result.output, "the tables lack params_M and flops_M: computed from the cells"), result.output);
  const NasSearchRecord found = record("out");
  BOOST_TEST(found.predictors.at(0).features == (std::vector<std::string>{"zc_full/params_M", "zc_full/flops_M"}),
             boost::test_tools::per_element());
  for (const auto& strategy : found.strategies) BOOST_TEST((strategy.status == kPassed) == !strategy.language_model);
}

BOOST_AUTO_TEST_CASE(niches_can_be_counts_of_convolutions_or_a_device_s_latencies) {
  for (const char* niches : {"convolutions:3", "latency:4", "zen:2"}) {
    const auto result = run(
        search(niches, std::string("--predictor-cells 20 --seeds 1 --strategies llmnas-offline --niches ") + niches));
    BOOST_TEST(result.exit_code == 0, result.output);
  }
}

BOOST_AUTO_TEST_CASE(wrong_arguments_are_one_clear_line) {
  const auto check = [&](const std::string& more, int exit_code, const std::string& message) {
    const auto result = run(search("none", more));
    BOOST_TEST(result.exit_code == exit_code, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("--predictor-cells 20 --strategies nsga", 2, "did you mean 'nsga2'?");
  check("--predictor-cells 20 --strategies llmnas", 2, "strategy llmnas asks a language model: give --llm server");
  check("--predictor-cells 20 --target hots", 2, "did you mean 'host'?");
  check("--predictor-cells 20 --dataset lesion", 2, "did you mean 'lesions'?");
  check("--predictor-cells 20 --niches flopz:6", 2, "did you mean");
  check("--predictor-cells 20 --cost energy", 2, "figures for energy");
  check("--predictor-cells 20 --cost enrgy", 2, "did you mean 'energy'?");
  check("--predictor-cells 20 --llm sever", 2, "did you mean 'server'?");
  check("--predictor-cells 20 --llm server", 2, "needs --llm-url and --llm-model");
  check("--predictor-cells 60", 2, "--budget 60 leaves nothing to search with");
  check("--predictor-cells 5", 2, "--predictor-cells 5: from 10");
  check("--budgt 5", 2, "did you mean '--budget'?");
  const auto result = run("search compare --tables nowhere --out none");
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(contains(result.output, "nowhere: no such folder; --tables takes one with nb201_arch_acc.csv"),
             result.output);
}

BOOST_AUTO_TEST_CASE(a_table_is_made_here_continues_where_it_was_stopped_and_can_be_searched) {
  const std::string command =
      "dataset nas-table --out table --free-edges 1 --images 60 --epochs 2 --short-epochs 1 --channels 2";
  const auto made = run(command);
  BOOST_TEST_INFO(made.output);
  BOOST_TEST_REQUIRE(made.exit_code == 0);
  const auto searched =
      run("search compare --tables table --budget 3 --predictor-cells 0 --seeds 1 --strategies random --target host "
          "--out s");
  BOOST_TEST_INFO(searched.output);
  BOOST_TEST_REQUIRE(searched.exit_code == 0);
  BOOST_TEST(record("s").table.cells == 4);
  BOOST_TEST(record("s").search_schedule == "validation accuracy after 1 epochs");
  const auto again = run(command);
  BOOST_TEST(again.exit_code == 2);
  BOOST_TEST(contains(again.output, "table: holds a table already"), again.output);
}

BOOST_AUTO_TEST_SUITE_END()
