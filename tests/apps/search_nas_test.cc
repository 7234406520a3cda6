// `flnas search llmnas --tables` as a user runs it, on the committed miniature table.
#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/base/process.h"
#include "harness/results/nas_search.h"
#include "searches/chat/recording.h"
#include "tests/apps/fixture.h"
#include "tests/base/fixture.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using flnas::test::contains;

namespace {

struct NasSearch : test::TemporaryFolder {
  NasSearch() { ::setenv("FLNAS_CACHE", (path / "cache").c_str(), 1); }

  ProcessResult shell(const std::string& script) const {
    return system_processes().run({"sh", "-c", script}, path, "", std::chrono::seconds(120));
  }
  std::string search(const std::string& out, const std::string& more, const std::string& budget = "--budget 60") const {
    return fmt::format(
        "FLNAS_LLM_KEY=test-key-1234567 {} search llmnas --tables {}/../datasets/nas/miniature {} --out {} {}",
        FLNAS_PROGRAM, FLNAS_TESTS_DIR, budget, out, more);
  }
  NasSearchRecord record(const std::string& out) const { return read_nas_search(path / out / "nas_search.json"); }
  /// What two records of the same searches have in common.
  static Json figures(const NasSearchRecord& record) {
    Json json = Json::array();
    for (const auto& pair : record.pairs) {
      for (auto search : pair.searches) {
        search.seconds = 0;
        if (search.chat) search.chat->waiting_seconds = 0;
        json.push_back(record_to_json(search));
      }
    }
    return json;
  }
};

/// Twenty cells of the miniature space, drawn by the question, or rules.
std::string answer(const std::string& request, int) {
  std::string text = R"({"positive": ["short paths"], "negative": []})";
  if (request.find("Update the rules") == std::string::npos) {
    static const char* kOperations[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"};
    Json children = Json::array();
    std::size_t number = std::hash<std::string>()(request);
    for (int i = 0; i < 40; ++i, number = number * 6364136223846793005ULL + 1442695040888963407ULL) {
      const auto operation = [&](int shift) { return kOperations[number >> (32 + 2 * shift) & 3]; };
      children.push_back({{"architecture", fmt::format("|{}~0|+|none~0|{}~1|+|{}~0|none~1|{}~2|", operation(0),
                                                       operation(1), operation(2), operation(3))}});
    }
    text = Json({{"children", children}}).dump();
  }
  return test::answer(200, Json({{"model", "scripted-1"}, {"choices", {{{"message", {{"content", text}}}}}}}).dump());
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search_nas, NasSearch)

BOOST_AUTO_TEST_CASE(all_offline_strategies_are_scored_and_what_needs_a_language_model_is_not_measured) {
  const auto result = shell(search("out", "--predictor-cells 20 --seeds 2"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(result.output, "llmnas-offline"));
  BOOST_TEST(contains(result.output, "not measured: nobody answers"));
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

BOOST_AUTO_TEST_CASE(a_record_is_recomputed_and_a_changed_figure_is_noticed) {
  BOOST_TEST_REQUIRE(shell(search("out", "--predictor-cells 20 --seeds 1 --device host")).exit_code == 0);
  const auto verify = [&] { return shell(fmt::format("{} verify out", FLNAS_PROGRAM)); };
  BOOST_TEST(verify().exit_code == 0);
  const NasSearchRecord whole = record("out");
  const auto changed = [&](const std::string& expected, const auto& change) {
    NasSearchRecord wrong = whole;
    change(wrong.pairs[0]);
    write_nas_search(path / "out/nas_search.json", wrong);  // with the digest of what it says now
    const auto result = verify();
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(contains(result.output, expected), result.output);
  };
  changed("pairs[0].searches[2].hypervolume", [](NasPair& pair) { *pair.searches[2].hypervolume += 0.01; });
  changed("pairs[0].searches[1].igd", [](NasPair& pair) { *pair.searches[1].igd /= 2; });
  changed("pairs[0].true_hypervolume", [](NasPair& pair) { pair.true_front.pop_back(); });
  changed("is not among the pair's points", [](NasPair& pair) { pair.searches[0].front.push_back(9999); });
  changed("dominates another one", [](NasPair& pair) {
    pair.true_front.push_back(pair.true_front.back());
    pair.true_front.back().accuracy -= 1;
  });
  std::string text = read_file(path / "out/nas_search.json");
  write_file(path / "out/nas_search.json", text.replace(text.find("\"budget\":60"), 11, "\"budget\":61"));
  BOOST_TEST(contains(verify().output, "not as it was written"));
}

BOOST_AUTO_TEST_CASE(a_killed_search_continues_and_ends_like_one_that_was_not) {
  const std::string some = "--predictor-cells 20 --seeds 3 --strategy random,nsga2 --device host";
  BOOST_TEST_REQUIRE(shell(search("whole", some)).exit_code == 0);
  // Killed in the middle of a line.
  BOOST_TEST_REQUIRE(
      shell(search("killed", "--predictor-cells 20 --seeds 2 --strategy random,nsga2 --device host")).exit_code == 0);
  const auto file = path / "killed/searches/lesions-host.jsonl";
  const std::string lines = read_file(file);
  write_file(file, lines.substr(0, lines.size() - 100));
  std::filesystem::remove(path / "killed/nas_search.json");
  BOOST_TEST_REQUIRE(shell(search("killed", some)).exit_code == 0);
  BOOST_TEST(figures(record("killed")) == figures(record("whole")));
  const auto other = shell(search("killed", some, "--budget 70"));
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.output, "holds searches with another 'budget'; choose another --out"), other.output);
}

BOOST_AUTO_TEST_CASE(a_scripted_server_answers_all_strategies_with_a_language_model_and_can_be_replayed) {
  const std::string some =
      " --predictor-cells 20 --seeds 1 --device host --strategy "
      "llmnas,llmnas-no-knowledge,llmnas-no-partition,prompt,prompt-latency";
  test::RawServer server(answer);
  const auto asked = shell(search("asked", "--designer llm --calls 3 --llm-model m --llm-url " + server.url() + some));
  BOOST_TEST_INFO(asked.output);
  BOOST_TEST_REQUIRE(asked.exit_code == 0);
  const NasSearchRecord found = record("asked");
  BOOST_TEST_REQUIRE(found.pairs[0].searches.size() == 5u);
  for (const auto& one : found.pairs[0].searches) {
    BOOST_TEST(one.evaluations == 60, one.strategy);
    BOOST_TEST_REQUIRE(one.chat.has_value());
    BOOST_TEST(one.chat->sources == std::vector<std::string>{"scripted"}, boost::test_tools::per_element());
    BOOST_TEST((one.chat->knowledge_calls > 0) == (one.strategy == "llmnas" || one.strategy == "llmnas-no-partition"),
               one.strategy);
  }
  BOOST_TEST(!contains(read_file(path / "asked/exchanges.jsonl"), "test-key"));
  BOOST_TEST(searches::read_recording(path / "asked/exchanges.jsonl").size() == server.requests().size());
  const auto replayed =
      shell(search("replayed", "--designer replay --replay asked/exchanges.jsonl --llm-model m" + some));
  BOOST_TEST_INFO(replayed.output);
  BOOST_TEST_REQUIRE(replayed.exit_code == 0);
  BOOST_TEST(figures(record("replayed")) == figures(found));
}

BOOST_AUTO_TEST_CASE(a_search_that_its_server_left_is_continued_and_nothing_is_asked_twice) {
  const std::string some =
      " --predictor-cells 20 --seeds 1 --device host --strategy llmnas --designer llm --llm-model m --calls 1 "
      "--llm-url ";
  test::RawServer leaves([](const std::string& request, int number) {
    return number < 10 ? answer(request, number) : test::answer(403, "no more");
  });
  const auto left = shell(search("left", some + leaves.url()));
  BOOST_TEST(left.exit_code == 2, left.output);
  BOOST_TEST(contains(left.output, "the server refused the key"), left.output);
  test::RawServer returns(answer);
  const auto continued = shell(search("left", some + returns.url()));
  BOOST_TEST(continued.exit_code == 0, continued.output);
  BOOST_TEST(searches::read_recording(path / "left/exchanges.jsonl").size() == 10 + returns.requests().size());
  BOOST_TEST(record("left").pairs[0].searches[0].chat->calls ==
             static_cast<std::int64_t>(10 + returns.requests().size()));
}

BOOST_AUTO_TEST_CASE(another_language_model_or_other_settings_of_it_are_another_search) {
  test::RawServer server(answer);
  const std::string asks = "--predictor-cells 20 --seeds 1 --device host --strategy prompt --llm-model ";
  const auto by_server = [&](const std::string& more) {
    return shell(search("s", asks + more + " --designer llm --llm-url " + server.url()));
  };
  const auto refused = [&](const ProcessResult& result, const std::string& key) {
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, "holds searches with another '" + key + "'; choose another --out"),
               result.output);
  };
  BOOST_TEST_REQUIRE(by_server("m").exit_code == 0);
  BOOST_TEST(!record("s").ledger.is_null());
  BOOST_TEST(record("s").ledger["recorded"].get<int>() + record("s").ledger["calls"].get<int>() > 0);
  refused(by_server("n"), "model");
  refused(by_server("m --llm-temperature 0.5"), "temperature");
  refused(by_server("m --llm-max-tokens 100"), "max_tokens");
  refused(shell(search("s", "--predictor-cells 20 --seeds 1 --device host --strategy random")), "designer");
  // A recording is known by what it holds.
  const std::string replays = asks + "m --designer replay --replay ";
  BOOST_TEST_REQUIRE(shell(search("r", replays + "s/exchanges.jsonl")).exit_code == 0);
  BOOST_TEST(shell("cp s/exchanges.jsonl copy.jsonl; head -n 1 copy.jsonl > other.jsonl").exit_code == 0);
  BOOST_TEST(shell(search("r", replays + "copy.jsonl")).exit_code == 0);
  refused(shell(search("r", replays + "other.jsonl")), "replay");
}

BOOST_AUTO_TEST_CASE(a_script_in_a_language_models_place_is_not_measured_on_the_terminal_either) {
  test::RawServer server(answer);
  const auto result =
      shell(search("s",
                   "--predictor-cells 20 --seeds 1 --device host --strategy prompt,random --designer llm "
                   "--llm-model m --llm-url " +
                       server.url()));
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  BOOST_TEST(contains(result.output, "not measured: a script answered"), result.output);
}

BOOST_AUTO_TEST_CASE(a_converted_folder_without_proxies_runs_every_strategy) {
  BOOST_TEST_REQUIRE(shell(fmt::format("mkdir converted && cp {0}/table.json {0}/hw_*.csv {0}/nb201_*.csv converted",
                                       std::string(FLNAS_TESTS_DIR) + "/../datasets/nas/miniature"))
                         .exit_code == 0);
  const auto result = shell(fmt::format(
      "{} search llmnas --tables converted --budget 60 --predictor-cells 20 --seeds 1 --out out", FLNAS_PROGRAM));
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  BOOST_TEST(contains(result.output, "the tables lack params_M and flops_M: computed from the cells"), result.output);
  const NasSearchRecord found = record("out");
  BOOST_TEST(found.predictors.at(0).features == (std::vector<std::string>{"zc_full/params_M", "zc_full/flops_M"}),
             boost::test_tools::per_element());
  for (const auto& strategy : found.strategies) BOOST_TEST((strategy.status == kPassed) == !strategy.language_model);
}

BOOST_AUTO_TEST_CASE(niches_can_be_counts_of_convolutions_or_a_device_s_latencies) {
  for (const char* niches : {"convolutions:3", "latency:4", "zen:2"}) {
    const auto result = shell(
        search(niches, std::string("--predictor-cells 20 --seeds 1 --strategy llmnas-offline --niches ") + niches));
    BOOST_TEST(result.exit_code == 0, result.output);
  }
}

BOOST_AUTO_TEST_CASE(wrong_arguments_are_one_clear_line) {
  const auto check = [&](const std::string& more, int exit_code, const std::string& message) {
    const auto result = shell(search("none", more));
    BOOST_TEST(result.exit_code == exit_code, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("--predictor-cells 20 --strategy nsga", 2, "did you mean 'nsga2'?");
  check("--predictor-cells 20 --strategy llmnas", 2, "strategy llmnas asks a language model: give --designer");
  check("--predictor-cells 20 --device hots", 2, "did you mean 'host'?");
  check("--predictor-cells 20 --dataset lesion", 2, "did you mean 'lesions'?");
  check("--predictor-cells 20 --niches flopz:6", 2, "did you mean");
  check("--predictor-cells 20 --cost energy", 2, "figures for energy");
  check("--predictor-cells 20 --cost enrgy", 2, "did you mean 'energy'?");
  check("--predictor-cells 20 --designer lm", 2, "did you mean 'llm'?");
  check("--predictor-cells 20 --designer llm", 2, "needs --llm-url and --llm-model");
  check("--predictor-cells 60", 2, "--budget 60 leaves nothing to search with");
  check("--predictor-cells 5", 2, "--predictor-cells 5: from 10");
  check("--budgt 5", 2, "did you mean '--budget'?");
  const auto result = shell(fmt::format("{} search llmnas --tables nowhere --out none", FLNAS_PROGRAM));
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(contains(result.output, "nowhere: no such folder; --tables takes one with nb201_arch_acc.csv"),
             result.output);
}

BOOST_AUTO_TEST_CASE(a_table_is_made_here_continues_where_it_was_stopped_and_can_be_searched) {
  const std::string command = fmt::format(
      "{} dataset nas-table --out table --free-edges 1 --images 60 --epochs 2 --short-epochs 1 --channels 2 ",
      FLNAS_PROGRAM);
  const auto made = shell(command);
  BOOST_TEST_INFO(made.output);
  BOOST_TEST_REQUIRE(made.exit_code == 0);
  const auto searched =
      shell(fmt::format("{} search llmnas --tables table --budget 3 --predictor-cells 0 --seeds 1 --strategy random "
                        "--device host --out s",
                        FLNAS_PROGRAM));
  BOOST_TEST_INFO(searched.output);
  BOOST_TEST_REQUIRE(searched.exit_code == 0);
  BOOST_TEST(record("s").table.cells == 4);
  BOOST_TEST(record("s").search_schedule == "validation accuracy after 1 epochs");
  const auto again = shell(command);
  BOOST_TEST(again.exit_code == 2);
  BOOST_TEST(contains(again.output, "table: holds a table already"), again.output);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(search_llmnas_on_images, tests::Program)

BOOST_AUTO_TEST_CASE(designs_are_searched_in_turns_by_niche_and_a_killed_search_continues) {
  const auto search = [](const std::string& out, const std::string& more) {
    return fmt::format(
        "search llmnas --data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
        "--choices {}/../searches/spaces/small.json --niches macs:2 --out {} {}",
        FLNAS_TESTS_DIR, out, more);
  };
  const auto result = run(search("whole", "--iterations 4"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(result.output, "merged front: d0"));
  const Json found = read_json(root / "whole/search.json");
  BOOST_TEST(found["name"] == "llmnas");
  BOOST_TEST(found["partition"]["objectives"].size() == 4u);
  for (const Json& niche : found["partition"]["niches"]) BOOST_TEST(niche["evaluated"] == 2);
  BOOST_TEST(contains(found["command"].get<std::string>(), "--niches macs:2"));
  // Stopped after two designs, and continued with the rest of the budget.
  BOOST_TEST_REQUIRE(run(search("part", "--iterations 2")).exit_code == 0);
  BOOST_TEST_REQUIRE(run(search("part", "--iterations 4")).exit_code == 0);
  const auto hashes = [&](const std::string& out) {
    std::vector<std::string> names;
    const Json found_there = read_json(root / out / "search.json");
    for (const Json& row : found_there["trajectory"]) names.push_back(row["hash"].get<std::string>());
    return names;
  };
  // The first designs are random; later ones depend on latencies, which are measured anew.
  BOOST_TEST(hashes("part").size() == 4u);
  BOOST_TEST(hashes("part")[1] == hashes("whole")[1]);
  BOOST_TEST(run("verify whole").exit_code == 0);
  Json wrong = found;
  wrong["partition"]["niches"][0]["evaluated"] = 1;
  write_file(root / "whole/search.json", wrong.dump(2));
  const auto changed = run("verify whole");
  BOOST_TEST(changed.exit_code == 1);
  BOOST_TEST(contains(changed.output, "partition"), changed.output);
}

BOOST_AUTO_TEST_CASE(niches_are_compared_with_other_designers_at_equal_budget) {
  const auto result = run(fmt::format(
      "search compare --designers random,niches --seeds 2 --data data --split split.json --task binary --size 16 "
      "--epochs 1 --threads 1 --device cpu --iterations 2 --target none --choices {}/../searches/spaces/small.json "
      "--out c",
      FLNAS_TESTS_DIR));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  const Json found = read_json(root / "c/comparison.json");
  BOOST_TEST(found["arms"][1]["name"] == "niches");
  BOOST_TEST(found["arms"][1]["unfairness"]["n"] == 2);
}

BOOST_AUTO_TEST_CASE(flags_of_the_other_kind_of_search_are_refused) {
  const auto check = [&](const std::string& arguments, const std::string& message) {
    const auto result = run("search llmnas --out none " + arguments);
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("", "give either --tables DIR");
  check("--data data", "--data needs --split FILE");
  check("--data data --split split.json --budget 3", "--budget is for searches on tables (--tables)");
  check("--data data --split split.json --niches flops_M:3", "did you mean 'macs:4'?");
  check("--tables data --epochs 3", "--epochs is for searches on images (--data)");
}

BOOST_AUTO_TEST_SUITE_END()
