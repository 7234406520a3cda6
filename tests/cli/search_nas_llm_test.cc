// The same with a script in a language model's place.
#include <boost/test/unit_test.hpp>

#include "searches/llm/chat/recording.h"
#include "tests/cli/nas_fixture.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using flnas::test::contains;

namespace {

/// Forty cells of the miniature space, drawn by the question (not by its headers, which name the server's port), or
/// rules.
std::string answer(const std::string& request, int) {
  std::string text = R"({"positive": ["short paths"], "negative": []})";
  if (request.find("Update the rules") == std::string::npos) {
    static const char* kOperations[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"};
    Json children = Json::array();
    std::size_t number = std::hash<std::string>()(request.substr(request.find("\r\n\r\n")));
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

BOOST_FIXTURE_TEST_SUITE(search_nas_llm, tests::NasSearch)

BOOST_AUTO_TEST_CASE(a_scripted_server_answers_all_strategies_with_a_language_model_and_can_be_replayed) {
  const std::string some =
      " --predictor-cells 20 --seeds 1 --target host --strategies "
      "llmnas,llmnas-no-knowledge,llmnas-no-partition,prompt,prompt-latency";
  test::RawServer server(answer);
  const auto asked = run(search("asked", "--llm server --calls 3 --llm-model m --llm-url " + server.url() + some));
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
  const NasChatUse& first = *found.pairs[0].searches[0].chat;
  BOOST_TEST(*first.format == "json");
  BOOST_TEST(contains(asked.output, fmt::format("{} of {}", *first.valid_first, *first.wanted)));
  BOOST_TEST(!contains(read_file(path / "asked/exchanges.jsonl"), "test-key"));
  BOOST_TEST(searches::read_recording(path / "asked/exchanges.jsonl").size() == server.requests().size());
  const auto replayed = run(search("replayed", "--llm replay --replay asked/exchanges.jsonl --llm-model m" + some));
  BOOST_TEST_INFO(replayed.output);
  BOOST_TEST_REQUIRE(replayed.exit_code == 0);
  BOOST_TEST(figures(record("replayed")) == figures(found));
}

BOOST_AUTO_TEST_CASE(a_search_that_its_server_left_is_continued_and_nothing_is_asked_twice) {
  const std::string some =
      " --predictor-cells 20 --seeds 1 --target host --strategies llmnas --llm server --llm-model m --calls 1 "
      "--llm-url ";
  test::RawServer leaves([](const std::string& request, int number) {
    return number < 10 ? answer(request, number) : test::answer(403, "no more");
  });
  const auto left = run(search("left", some + leaves.url()));
  BOOST_TEST(left.exit_code == 2, left.output);
  BOOST_TEST(contains(left.output, "the server refused the key"), left.output);
  test::RawServer returns(answer);
  const auto continued = run(search("left", some + returns.url()));
  BOOST_TEST(continued.exit_code == 0, continued.output);
  BOOST_TEST(searches::read_recording(path / "left/exchanges.jsonl").size() == 10 + returns.requests().size());
  BOOST_TEST(record("left").pairs[0].searches[0].chat->calls ==
             static_cast<std::int64_t>(10 + returns.requests().size()));
}

BOOST_AUTO_TEST_CASE(another_language_model_or_other_settings_of_it_are_another_search) {
  test::RawServer server(answer);
  const std::string asks = "--predictor-cells 20 --seeds 1 --target host --strategies prompt --llm-model ";
  const auto by_server = [&](const std::string& more) {
    return run(search("s", asks + more + " --llm server --llm-url " + server.url()));
  };
  const auto refused = [&](const ProcessResult& result, const std::string& key) {
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, "holds a search with another '" + key + "'; choose another --out"),
               result.output);
  };
  BOOST_TEST_REQUIRE(by_server("m").exit_code == 0);
  BOOST_TEST(!record("s").ledger.is_null());
  BOOST_TEST(record("s").ledger["recorded"].get<int>() + record("s").ledger["calls"].get<int>() > 0);
  refused(by_server("n"), "model");
  refused(by_server("m --llm-temperature 0.5"), "temperature");
  refused(by_server("m --llm-max-tokens 100"), "max_tokens");
  refused(run(search("s", "--predictor-cells 20 --seeds 1 --target host --strategies random")), "llm");
  // A recording is known by what it holds.
  const std::string replays = asks + "m --llm replay --replay ";
  BOOST_TEST_REQUIRE(run(search("r", replays + "s/exchanges.jsonl")).exit_code == 0);
  BOOST_TEST(shell("cp s/exchanges.jsonl copy.jsonl; head -n 1 copy.jsonl > other.jsonl").exit_code == 0);
  BOOST_TEST(run(search("r", replays + "copy.jsonl")).exit_code == 0);
  refused(run(search("r", replays + "other.jsonl")), "replay");
}

BOOST_AUTO_TEST_CASE(a_script_in_a_language_models_place_is_not_measured_on_the_terminal_either) {
  test::RawServer server(answer);
  const auto result = run(search("s",
                                 "--predictor-cells 20 --seeds 1 --target host --strategies prompt,random --llm server "
                                 "--llm-model m --llm-url " +
                                     server.url()));
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  BOOST_TEST(contains(result.output, "not measured: a script answered"), result.output);
}

BOOST_AUTO_TEST_SUITE_END()
