#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>

#include "harness/base/json.h"
#include "tests/apps/fixture.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

constexpr char kKey[] = "test-key-0987654321";

struct Search : tests::Program {
  ProcessResult search(const test::RawServer& server, const std::string& more = "") const {
    return shell(
        fmt::format("FLNAS_LLM_KEY={} {} search flnas --designer llm --llm-url {} --llm-model m --record r.jsonl "
                    "--data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
                    "--target none --out out {}",
                    kKey, FLNAS_PROGRAM, server.url(), more));
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
  const auto result = search(server, "--iterations 2 --json");
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
  const auto result = search(server, "--ablate --seeds 2 --iterations 1");
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
  // Before the first evaluation there are no metrics, groups or history to leave out: full, brief-fairness, no-fairness
  // and no-hardware ask differently, the others as full.
  std::set<std::string> questions;
  for (const auto& request : server.requests()) {
    questions.insert(Json::parse(request.substr(request.find("\r\n\r\n") + 4))["messages"].dump());
  }
  BOOST_TEST(questions.size() == 4u);
  BOOST_TEST(run("verify out").exit_code == 0);
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_is_one_line_without_the_key_and_the_search_continues_later) {
  {
    test::RawServer server([](const std::string& request, int number) {
      return number == 0 ? test::answer(200, design(request, 0))
                         : test::answer(403, test::header_of(request, "Authorization"));
    });
    const auto result = search(server, "--iterations 2");
    BOOST_TEST_INFO(result.output);
    BOOST_TEST(result.exit_code != 0);
    BOOST_TEST(contains(result.output, "the server refused the key in FLNAS_LLM_KEY (403"));
    BOOST_TEST(!contains(result.output, kKey));
    BOOST_TEST(leaks().empty());
  }
  test::RawServer server(
      [](const std::string& request, int number) { return test::answer(200, design(request, number + 1)); });
  const auto result = search(server, "--iterations 2");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(result.exit_code == 0);
  BOOST_TEST(server.requests().size() == 1u);  // the first design is not asked for again
}

BOOST_AUTO_TEST_SUITE_END()
