#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/records/digest.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

struct Search : tests::Program {
  /// A search of three designs of one epoch; `strategy` may hold further flags. Latencies are estimated where it names
  /// no target: measuring one takes a second.
  std::string search(const std::string& strategy, const std::string& out, int iterations = 3) const {
    return fmt::format(
        "search {}{} --data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
        "--budget {} --choices {}/../searches/spaces/cnn/small.json --out {}",
        strategy, contains(strategy, "--target") ? "" : " --target pi4", iterations, tests::tests_dir(), out);
  }
  Json record(const std::string& out) const { return read_json(root / out / "search.json"); }
  std::vector<std::string> hashes(const std::string& out) const {
    std::vector<std::string> found;
    const Json trajectory = record(out)["trajectory"];
    for (const auto& row : trajectory) found.push_back(row["hash"].get<std::string>());
    return found;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search_command, Search)

BOOST_AUTO_TEST_CASE(a_random_search_leaves_records_that_verify_and_a_design_that_trains) {
  const auto result =
      run(search("random --target host --objectives unfairness_sum,ece,robust_accuracy,latency", "out"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(result.output, "3 designs evaluated"));
  BOOST_TEST(contains(result.output, "on the test images, which the search has not seen"));
  const Json found = record("out");
  BOOST_TEST(found["status"] == "finished");
  BOOST_TEST(found["counts"]["evaluated"] == 3);
  BOOST_TEST(found["reported"].size() == 3u);
  BOOST_TEST(found["objectives"] == Json::array({"unfairness_sum", "ece", "robust_accuracy", "latency"}));
  BOOST_TEST(found["reported"][0]["test"]["ece"]["value"].is_number());
  BOOST_TEST(contains(result.output, "Pareto front of unfairness, sum, expected calibration error"));
  const auto verified = run("verify out");
  BOOST_TEST(verified.exit_code == 0);
  BOOST_TEST(!contains(verified.output, "split.json: not here"));
  BOOST_TEST(run("train out/best.json --data data --split split.json --task binary --size 16 --epochs 1 --out again")
                 .exit_code == 0);
}

BOOST_AUTO_TEST_CASE(a_changed_byte_of_a_search_is_found_in_each_of_its_files) {
  BOOST_TEST_REQUIRE(run(search("random", "out", 2)).exit_code == 0);
  const std::string hash = record("out")["reported"][0]["hash"].get<std::string>();
  const std::vector<std::string> names = {"search.json",
                                          "archive.jsonl",
                                          "best.json",
                                          "best.py",
                                          "split.json",
                                          "designs/" + hash + ".json",
                                          "reported/" + hash + "/predictions.csv",
                                          "reported/" + hash + "/metrics.json"};
  for (const std::string& name : names) {
    const auto file = root / "out" / name;
    const std::string content = read_file(file);
    std::string changed = content;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    write_file(file, changed);
    const auto verified = run("verify out");
    BOOST_TEST_CONTEXT(name << ": " << verified.output) {
      BOOST_TEST(verified.exit_code == 1);
      BOOST_TEST(contains("\n" + verified.output, "\n" + name));
    }
    write_file(file, content);
  }
  BOOST_TEST(run("verify out").exit_code == 0);
}

BOOST_AUTO_TEST_CASE(a_search_record_with_less_in_it_is_not_valid_for_want_of_anything_to_check) {
  BOOST_TEST_REQUIRE(run(search("random", "out", 2)).exit_code == 0);
  const Json whole = record("out");
  const auto verdict = [&](Json changed) {
    write_with_digest(root / "out/search.json", std::move(changed));
    return run("verify out");
  };
  BOOST_TEST(verdict(Json::object()).exit_code == 1);
  Json running = whole;
  running["status"] = "running";
  running["best"]["accuracy"] = 0.99;
  BOOST_TEST(verdict(running).exit_code == 1);
  for (const char* key : {"floor", "best", "front", "top", "trajectory", "counts", "reported"}) {
    Json less = whole;
    less.erase(key);
    BOOST_TEST_CONTEXT(key) { BOOST_TEST(verdict(less).exit_code == 1); }
  }
  Json elsewhere = whole;
  elsewhere["files"]["../../etc/hostname"] = std::string(64, '0');
  BOOST_TEST(contains(verdict(elsewhere).output, "outside of the search's folder"));
  BOOST_TEST(verdict(whole).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(a_killed_search_continues_and_ends_like_one_that_was_not) {
  BOOST_TEST_REQUIRE(run(search("fahana", "whole", 4)).exit_code == 0);
  interrupt(search("fahana", "killed", 4), "[ \"0$(grep -c evaluation killed/archive.jsonl 2>/dev/null)\" -ge 2 ]");
  BOOST_TEST(record("killed")["status"] == "running");
  const auto continued = run(search("fahana", "killed", 4));
  BOOST_TEST_INFO(continued.output);
  BOOST_TEST(continued.exit_code == 0);
  BOOST_TEST(!contains(continued.output, "d001/4"));
  BOOST_TEST(hashes("killed") == hashes("whole"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_finished_search_trains_nothing_again_and_other_settings_are_refused) {
  BOOST_TEST_REQUIRE(run(search("evolution", "out")).exit_code == 0);
  const auto again = run(search("evolution", "out"));
  BOOST_TEST(again.exit_code == 0);
  BOOST_TEST(!contains(again.output, "d003/3"));
  const auto other = run(search("evolution --seed 2", "out"));
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.output, "out: holds a search with another 'seed'; choose another --out"));
  const auto objectives = run(search("evolution --objectives auroc,macs", "out"));
  BOOST_TEST(objectives.exit_code == 2);
  BOOST_TEST(contains(objectives.output, "out: holds a search with another 'objectives'"));
}

BOOST_AUTO_TEST_CASE(designers_are_compared_at_equal_budget) {
  const auto result = run(search("compare --strategies evolution,random --seeds 2 --best pareto", "out", 2));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  const Json found = read_json(root / "out/comparison.json");
  BOOST_TEST(found["budget"] == 2);
  BOOST_TEST(found["arms"].size() == 2u);
  BOOST_TEST(found["arms"][1]["unfairness"]["n"] == 2);
  // Both begin with the same random designs, which are trained once for each seed.
  BOOST_TEST(found["arms"][1]["difference"]["unfairness"]["mean"] == 0);
  // What no language model was asked for is not measured, and said so.
  BOOST_TEST(found["not_measured"][0]["name"] == "llm");
  BOOST_TEST(contains(result.output, "llm: not measured: no language model was asked"));
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(root / "out/seed-1/runs"),
                           std::filesystem::directory_iterator()) == 2);
}

BOOST_AUTO_TEST_CASE(a_person_answers_by_files_and_every_answer_can_be_replayed) {
  write_file(root / "prompt.txt", "Design a network for {{size}} px. Best so far: {{metrics}}");
  const std::string design = R"({"stages": [{"channels": 8, "pooling": "max"}, {"channels": 16}]})";
  const std::string other = R"({"stages": [{"channels": 16, "pooling": "max"}, {"channels": 16}]})";
  const auto answers = [](const std::string& number, const std::string& text) {
    return fmt::format(
        "for i in $(seq 1200); do [ -e out/exchange/{0}.prompt.txt ] && break; sleep 0.05; done; "
        "echo '{1}' > out/exchange/{0}.reply.txt; ",
        number, text);
  };
  const auto result = shell(
      "mkdir -p out/exchange; (" + answers("0001", design) + answers("0002", other) + ") & " + tests::flnas_program() +
      " " + search("flnas --llm file --target none --prompt prompt.txt --record recording.jsonl", "out", 2));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(text("out/exchange/0001.prompt.txt"), "Design a network for 16 px."));
  // Without measured latencies a replay may tell of results too.
  const std::string replay = "flnas --llm replay --target none --replay recording.jsonl --prompt ";
  BOOST_TEST(run(search(replay + "prompt.txt", "replayed", 2)).exit_code == 0);
  BOOST_TEST(hashes("replayed") == hashes("out"), boost::test_tools::per_element());
  write_file(root / "other.txt", "Design another network for {{size}} px.");
  const auto refused = run(search(replay + "other.txt", "other", 2));
  BOOST_TEST_INFO(refused.output);
  BOOST_TEST(refused.exit_code == 2);
  BOOST_TEST(record("other")["status"] == "stopped");
}

BOOST_AUTO_TEST_CASE(wrong_arguments_are_one_clear_line) {
  const auto check = [&](const std::string& strategy, const std::string& message) {
    const auto result = run(search(strategy, "none"));
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("evolutoin", "did you mean 'evolution'?");
  check("flnas", "strategy flnas asks a language model: give --llm server, local, file or replay");
  check("flnas --llm replay", "needs --replay FILE");
  check("random --target pi5x", "did you mean 'pi5'?");
  check("random --best fairest", "unknown --best 'fairest'");
  check("fahana --frozen-head 9", "--frozen-head must be 0 to 2");
  check("randm", "did you mean 'random'?");
  check("random --objectives aurok,macs", "did you mean 'auroc'?");
  check("random --target none --objectives latency", "designs have no latency on --target none");
}

BOOST_AUTO_TEST_SUITE_END()
