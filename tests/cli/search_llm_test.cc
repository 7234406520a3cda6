#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>

#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

constexpr char kKey[] = "test-key-0987654321";

struct Search : tests::Program {
  ProcessResult search(const test::RawServer& server, const std::string& more = "") const {
    return shell(
        fmt::format("FLNAS_LLM_KEY={} {} search flnas --llm server --llm-url {} --llm-model m --record r.jsonl "
                    "--data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
                    "--target none --out out {}",
                    kKey, tests::flnas_program(), server.url(), more));
  }
  /// Every file that holds the key.
  std::vector<std::string> leaks() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.is_regular_file() && contains(read_file(entry.path()), kKey)) found.push_back(entry.path());
    }
    return found;
  }
};

/// A design of its own for each request, in prose that quotes the key.
std::string design(const std::string& request, int number) {
  const std::string text = "Your key is " + test::header_of(request, "Authorization") +
                           Json({{"stages", {{{"channels", 8 + 8 * number}}, {{"channels", 16}}}}}).dump();
  return Json({{"model", "m-1"}, {"choices", {{{"message", {{"content", text}}}}}}}).dump();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search_with_a_server, Search)

BOOST_AUTO_TEST_CASE(a_servers_designs_are_evaluated_and_the_key_reaches_no_file_or_log) {
  test::RawServer server(
      [](const std::string& request, int number) { return test::answer(200, design(request, number)); });
  const auto result = search(server, "--budget 2 --json");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(server.requests().at(0), std::string("Authorization: Bearer ") + kKey));
  BOOST_TEST(contains(text("r.jsonl"), "Your key is Bearer [key]"));
  BOOST_TEST(contains(text("out/archive.jsonl"), "Your key is Bearer [key]"));
  BOOST_TEST(!contains(result.output, kKey));
  BOOST_TEST(leaks().empty());
}

BOOST_AUTO_TEST_CASE(an_ablation_asks_with_parts_of_the_prompt_left_out_and_compares) {
  test::RawServer server(
      [](const std::string& request, int number) { return test::answer(200, design(request, number)); });
  const auto result = shell(fmt::format(
      "FLNAS_LLM_KEY={} {} search ablate --seeds 2 --llm server --llm-url {} --llm-model m --record r.jsonl --data "
      "data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu --target none --budget 1 "
      "--out out",
      kKey, tests::flnas_program(), server.url()));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  const Json comparison = read_json(root / "out/comparison.json");
  BOOST_TEST(comparison["seeds"] == Json({1, 2}));
  std::set<std::string> parts;
  for (const Json& arm : comparison["arms"]) {
    BOOST_TEST(arm["searches"] == 2);
    BOOST_TEST(arm.contains("macs_spread"));
    BOOST_TEST(arm["unfairness"]["n"] == 2);
    const std::string name = arm["name"].get<std::string>();
    parts.insert(read_json(root / "out/seed-1" / name / "search.json")["settings"]["parts"].dump());
  }
  BOOST_TEST(comparison["arms"].size() >= 7u);
  BOOST_TEST(parts.size() == comparison["arms"].size());  // each with another prompt
  // Before the first evaluation there are no metrics or history to leave out: full, brief-fairness, no-fairness,
  // no-hardware and no-groups (counts by group) ask differently, the others as full.
  std::set<std::string> questions;
  for (const auto& request : server.requests()) {
    questions.insert(Json::parse(request.substr(request.find("\r\n\r\n") + 4))["messages"].dump());
  }
  BOOST_TEST(questions.size() == 5u);
  BOOST_TEST(run("verify out").exit_code == 0);
  // Its recording repeats it by one command, and the report has a row for each variant.
  const auto again = run(
      "search ablate --seeds 2 --llm replay --replay r.jsonl --data data --split split.json --task binary --size 16 "
      "--epochs 1 --threads 1 --device cpu --target none --budget 1 --out again");
  BOOST_TEST(again.exit_code == 0, again.output);
  const Json repeated = read_json(root / "again/comparison.json");
  BOOST_TEST_REQUIRE(repeated["arms"].size() == comparison["arms"].size());
  const auto reported = run("report again --out report");
  BOOST_TEST(reported.exit_code == 0, reported.output);
  const std::string table = text("report/search_comparison.csv");
  for (std::size_t i = 0; i < repeated["arms"].size(); ++i) {
    BOOST_TEST(repeated["arms"][i]["test_unfairness"] == comparison["arms"][i]["test_unfairness"]);
    BOOST_TEST(contains(table, repeated["arms"][i]["name"].get<std::string>()));
  }
}

BOOST_AUTO_TEST_CASE(a_stopped_search_can_be_verified_and_reported) {
  test::RawServer server([](const std::string& request, int number) {
    return number == 0 ? test::answer(200, design(request, 0)) : test::answer(403, "{}");
  });
  BOOST_TEST(search(server, "--budget 2").exit_code != 0);
  const Json record = read_json(root / "out/search.json");
  BOOST_TEST(record["status"] == "stopped");
  BOOST_TEST(record["counts"]["evaluated"] == 1);
  BOOST_TEST(record["trajectory"].size() == 1u);
  const auto verified = run("verify out");
  BOOST_TEST(verified.exit_code == 0, verified.output);
  const auto reported = run("report out --out report");
  BOOST_TEST(reported.exit_code == 0, reported.output);
  BOOST_TEST(contains(text("report/report.md"), "d001"));
}

BOOST_AUTO_TEST_CASE(a_model_that_never_gives_a_valid_design_is_recorded_alone_and_beside_others) {
  test::RawServer server([](const std::string&, int) {
    return test::answer(200, Json({{"model", "m-1"}, {"choices", {{{"message", {{"content", "no"}}}}}}}).dump());
  });
  const auto result = search(server, "--budget 2 --attempts 2");
  BOOST_TEST(result.exit_code == 1, result.output);
  BOOST_TEST(contains(result.output, "3 rounds in a row without a new valid design"));
  BOOST_TEST(read_json(root / "out/search.json")["counts"]["unreadable"] == 6);
  const auto verified = run("verify out");
  BOOST_TEST(verified.exit_code == 0, verified.output);
  const auto compared = shell(
      fmt::format("{} search compare --strategies random,flnas --seeds 1 --attempts 2 --llm server --llm-url {} "
                  "--llm-model m --data "
                  "data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu --target none "
                  "--budget 2 --choices {}/../searches/spaces/cnn/small.json --out arms",
                  tests::flnas_program(), server.url(), tests::tests_dir()));
  BOOST_TEST(compared.exit_code == 1, compared.output);
  const Json comparison = read_json(root / "arms/comparison.json");
  BOOST_TEST(comparison["budget"] == 2);
  BOOST_TEST(comparison["arms"][0]["unfairness"]["n"] == 1);
  BOOST_TEST(comparison["arms"][1]["short"] == 1);
  BOOST_TEST(comparison["arms"][1]["unreadable"]["mean"] == 6);
  BOOST_TEST(contains(compared.output, "flnas [short]"));
  const auto again = run("verify arms");
  BOOST_TEST(again.exit_code == 0, again.output);
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_is_one_line_without_the_key_and_the_search_continues_later) {
  {
    test::RawServer server([](const std::string& request, int number) {
      return number == 0 ? test::answer(200, design(request, 0))
                         : test::answer(403, test::header_of(request, "Authorization"));
    });
    const auto result = search(server, "--budget 2");
    BOOST_TEST_INFO(result.output);
    BOOST_TEST(result.exit_code != 0);
    BOOST_TEST(contains(result.output, "the server refused the key in FLNAS_LLM_KEY (403"));
    BOOST_TEST(!contains(result.output, kKey));
    BOOST_TEST(leaks().empty());
  }
  test::RawServer server(
      [](const std::string& request, int number) { return test::answer(200, design(request, number + 1)); });
  const auto result = search(server, "--budget 2");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 0);
  BOOST_TEST(server.requests().size() == 1u);  // the first design is not asked for again
}

BOOST_AUTO_TEST_CASE(a_comparison_keeps_the_other_arms_when_a_server_is_gone_for_good_and_continues_later) {
  const auto compare = [&](const std::string& url) {
    return shell(fmt::format(
        "FLNAS_LLM_KEY={} {} search compare --strategies flnas,random --seeds 2 --llm server --llm-url {} --llm-model "
        "m --data data "
        "--split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu --target none --budget 2 "
        "--choices {}/../searches/spaces/cnn/small.json --out arms",
        kKey, tests::flnas_program(), url, tests::tests_dir()));
  };
  {
    test::RawServer server([](const std::string& request, int number) {
      return number == 0 ? test::answer(200, design(request, 0))
                         : test::answer(401, test::header_of(request, "Authorization"));
    });
    const auto result = compare(server.url());
    BOOST_TEST_INFO(result.output);
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(contains(result.output, "flnas, seed 2, ended early: " + server.url()));
    BOOST_TEST(!contains(result.output, kKey));
  }
  const Json partial = read_json(root / "arms/comparison.json");
  BOOST_TEST(partial["budget"] == 2);
  BOOST_TEST(partial["arms"][0]["short"] == 2);
  for (const Json& ended : partial["arms"][0]["ended"]) {
    BOOST_TEST(contains(ended["reason"].get<std::string>(), "the server refused the key in FLNAS_LLM_KEY (401"));
  }
  BOOST_TEST(partial["arms"][1]["unfairness"]["n"] == 2);
  BOOST_TEST(partial["arms"][1]["ended"].empty());
  auto verified = run("verify arms");
  BOOST_TEST(verified.exit_code == 0, verified.output);
  const auto reported = run("report arms --out report");
  BOOST_TEST(reported.exit_code == 0, reported.output);

  const auto gone = compare("http://127.0.0.1:9");  // nobody listens there
  BOOST_TEST(gone.exit_code == 1, gone.output);
  BOOST_TEST(contains(gone.output, "the server cannot be reached"), gone.output);

  test::RawServer back(
      [](const std::string& request, int number) { return test::answer(200, design(request, number + 1)); });
  const auto continued = compare(back.url());
  BOOST_TEST_INFO(continued.output);
  BOOST_TEST(continued.exit_code == 0);
  BOOST_TEST(back.requests().size() == 3u);              // one of four had been answered before
  BOOST_TEST(!contains(continued.output, "random d0"));  // those were finished
  const Json whole = read_json(root / "arms/comparison.json");
  BOOST_TEST(whole["arms"][0]["ended"].empty());
  BOOST_TEST(whole["arms"][0]["unfairness"]["n"] == 2);
  BOOST_TEST(whole["arms"][1]["unfairness"] == partial["arms"][1]["unfairness"]);
  verified = run("verify arms");
  BOOST_TEST(verified.exit_code == 0, verified.output);
  BOOST_TEST(leaks().empty());
}

BOOST_AUTO_TEST_CASE(settings_of_a_server_that_cannot_work_end_a_comparison_before_any_training) {
  const auto check = [&](const std::string& environment, const std::string& more, int exit_code,
                         const std::string& message) {
    const auto result = shell(fmt::format(
        "{} {} search compare --strategies random,flnas --llm {} --data data --split split.json --task binary "
        "--size 16 --out none",
        environment, tests::flnas_program(), more));
    BOOST_TEST(result.exit_code == exit_code, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
    BOOST_TEST(!std::filesystem::exists(root / "none"));
  };
  check("FLNAS_LLM_KEY='a b'", "server --llm-model m --llm-url http://127.0.0.1:9", 2,
        "FLNAS_LLM_KEY holds white space");
  check("FLNAS_LLM_KEY=abcdefgh", "server --llm-model m --llm-url http://example.org", 2, "would be sent unencrypted");
  check("", "server --llm-model m --llm-url ftp://example.org", 2, "is no server's URL");
  check("", "replay --replay none.jsonl", 3, "none.jsonl: no such recording");
}

BOOST_AUTO_TEST_CASE(tokens_of_a_reply_that_could_not_be_used_count_in_the_record_and_in_its_cost) {
  const std::string tools = R"({"model": "m-1", "choices": [{"message": {"content": null, "tool_calls": [{}]}}],
                                "usage": {"prompt_tokens": 1000, "completion_tokens": 500}})";
  test::RawServer server([&](const std::string& request, int number) {
    return test::answer(200, number == 0 ? tools : design(request, number));
  });
  const auto first = search(server, "--budget 1 --llm-prices 1,2");
  BOOST_TEST(first.exit_code == 1, first.output);
  BOOST_TEST(contains(first.output, "called tools instead of answering with text"), first.output);
  const auto check = [&] {
    const Json record = read_json(root / "out/search.json");
    BOOST_TEST(record["tokens"] == Json({{"prompt", 1000}, {"completion", 500}}));
    BOOST_TEST(record["ledger"]["failed"] == 1);
    BOOST_TEST(record["ledger"]["prompt_tokens"] == 1000);
    const auto verified = run("verify out");
    BOOST_TEST(verified.exit_code == 0, verified.output);
    return record;
  };
  BOOST_TEST(check()["ledger"]["cost"].get<double>() == 0.002, boost::test_tools::tolerance(1e-9));
  const auto second = search(server, "--budget 1 --llm-prices 1,2");
  BOOST_TEST(second.exit_code == 0, second.output);
  BOOST_TEST(contains(second.output, "1000 prompt and 500 completion tokens"), second.output);
  check();  // the server counted none for its second reply
}

BOOST_AUTO_TEST_CASE(a_recording_that_cannot_be_replayed_elsewhere_is_warned_of) {
  const auto search_on = [&](const std::string& target) {
    return run("search flnas --llm server --llm-url http://127.0.0.1:9 --llm-model m --record r.jsonl --data data "
               "--split "
               "split.json "
               "--task binary --size 16 --target " +
               target + " --out " + target)
        .output;
  };
  BOOST_TEST(contains(search_on("host"), "r.jsonl will not replay in another folder; take --target none"));
  BOOST_TEST(!contains(search_on("none"), "will not replay"));
}

BOOST_AUTO_TEST_CASE(a_template_with_an_unknown_name_ends_a_search_before_anything_is_asked) {
  test::RawServer server([](const std::string&, int) { return test::answer(403, "{}"); });
  write_file(root / "mine.txt", "Design a network.\n{{bset}}\n");
  const auto result = search(server, "--prompt mine.txt");
  BOOST_TEST(result.exit_code == 2, result.output);
  BOOST_TEST(contains(result.output, "mine.txt:2: unknown placeholder 'bset'; did you mean 'best'?"), result.output);
  BOOST_TEST(server.requests().empty());
  BOOST_TEST(!std::filesystem::exists(root / "out/search.json"));
}

BOOST_AUTO_TEST_CASE(settings_of_a_language_model_that_nobody_asks_are_errors) {
  const auto check = [&](const std::string& flags, const std::string& message) {
    const auto result = run("search " + flags + " --data data --split split.json --task binary --size 16 --out none");
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("random --llm-model m", "strategy random asks no language model: leave out --llm-model m");
  check("evolution --llm server --llm-url http://127.0.0.1:9 --llm-model m",
        "strategy evolution asks no language model");
  check("random --prompt prompt.txt", "strategy random asks no language model: leave out --prompt prompt.txt");
  check("flnas", "strategy flnas asks a language model: give --llm server, local, file or replay");
  check("compare --strategies random,evolution --llm file",
        "--llm file: none of these strategies asks a language model");
  check("flnas --llm replay --replay r.jsonl --llm-url http://x", "--llm-url is for --llm server");
}

BOOST_AUTO_TEST_SUITE_END()
