// Searches with --llm local. A shell script answers in the language model's place.
#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/support/local_model.h"

using namespace flnas;
using flnas::tests::contains;
using flnas::tests::local_reply;

namespace {

constexpr char kArguments[] =
    "search flnas --llm local --data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device "
    "cpu "
    "--target none --out out --budget 2 --attempts 2";

struct LocalSearch : tests::Program {
  std::filesystem::path llm = root / "cache/llm", program = llm / "flnas-llm";

  LocalSearch() {
    create_folder(llm);
    write_file(llm / "SmolLM2-135M-Instruct.Q4_1.gguf", "GGUF and so on");
  }
  void answers(const std::vector<std::string>& texts, const std::string& then = "exit 9") const {
    std::vector<std::string> lines;
    for (const auto& text : texts) lines.push_back(text.empty() ? text : local_reply(text));
    tests::write_local_program(program, lines, then);
  }
  tests::ProgramResult search(const std::string& more = "") const { return run(kArguments + (" " + more)); }

  std::size_t questions() const { return split(text("cache/llm/flnas-llm.questions"), '\n').size() - 1; }
  /// Whether one of the programs that were started is there; it is given time to go.
  bool any_left() const {
    constexpr int kWaits = 500;
    for (int i = 0; i < kWaits; ++i) {
      bool any = false;
      std::ifstream pids(program.string() + ".pids");
      for (pid_t pid = 0; pids >> pid;) any |= ::kill(pid, 0) == 0 || errno != ESRCH;
      if (!any) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }
};

std::string design(int channels) {
  return Json({{"reasoning", "small"}, {"architecture", {{"stages", {{{"channels", channels}}, {{"channels", 16}}}}}}})
      .dump();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search_with_a_local_model, LocalSearch)

BOOST_AUTO_TEST_CASE(its_designs_are_evaluated_and_the_record_names_the_weights) {
  answers({design(8), design(16)});
  const auto result = search();
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  BOOST_TEST(!any_left());
  const Json record = read_json(root / "out/search.json");
  const Json& settings = record["settings"];
  BOOST_TEST(record["counts"]["evaluated"] == 2);
  BOOST_TEST(settings["llm"] == "local");
  BOOST_TEST(settings["model"] == "SmolLM2-135M-Instruct.Q4_1");
  BOOST_TEST(settings["weights"] == sha256("GGUF and so on"));
  BOOST_TEST(settings["format"] == "json");
  BOOST_TEST(record["sources"] == Json({"local"}));
  BOOST_TEST(record["tokens"] == Json({{"prompt", 22}, {"completion", 10}}));
  const Json asked = Json::parse(split(text("cache/llm/flnas-llm.questions"), '\n')[0]);
  BOOST_TEST(asked["schema"]["properties"].contains("architecture"));
  const auto verified = run("verify out");
  BOOST_TEST(verified.exit_code == 0, verified.output);
  const auto reported = run("report out --out report");
  BOOST_TEST(reported.exit_code == 0, reported.output);
  // Its recording repeats it without the model.
  std::filesystem::remove_all(llm);
  const auto replayed = run(
      "search flnas --llm replay --replay out/exchanges.jsonl --data data --split split.json --task binary --size 16 "
      "--epochs 1 --threads 1 --device cpu --target none --out again --budget 2 --attempts 2");
  BOOST_TEST(replayed.exit_code == 0, replayed.output);
}

BOOST_AUTO_TEST_CASE(text_is_asked_for_without_a_schema) {
  answers({design(8), design(16)});
  BOOST_TEST(search("--llm-format text").exit_code == 0);
  BOOST_TEST(Json::parse(split(text("cache/llm/flnas-llm.questions"), '\n')[0])["schema"].is_null());
}

BOOST_AUTO_TEST_CASE(one_that_dies_in_the_middle_leaves_finished_work_and_the_search_continues_later) {
  answers({design(8), "", design(16)}, "echo 'out of memory' >&2; kill -9 $$");
  const auto stopped = search();
  BOOST_TEST(stopped.exit_code == 1, stopped.output);
  BOOST_TEST(contains(stopped.output,
                      "the language model's program ended while it answered with signal 9 (Killed): out "
                      "of memory; run the same command again, it continues here"),
             stopped.output);
  BOOST_TEST(!any_left());
  BOOST_TEST(read_json(root / "out/search.json")["counts"]["evaluated"] == 1);
  BOOST_TEST(run("verify out").exit_code == 0);
  const auto continued = search();
  BOOST_TEST(continued.exit_code == 0, continued.output);
  BOOST_TEST(questions() == 3U);
  BOOST_TEST(read_json(root / "out/search.json")["counts"]["evaluated"] == 2);
  BOOST_TEST(!any_left());
}

BOOST_AUTO_TEST_CASE(one_that_never_gives_a_valid_design_ends_the_search_with_what_it_broke) {
  answers({}, "answer='" + local_reply(design(100'000)) + "'");
  const auto result = search();
  BOOST_TEST(result.exit_code == 1, result.output);
  BOOST_TEST(contains(result.output, "3 rounds in a row without a new valid design"), result.output);
  BOOST_TEST(read_json(root / "out/search.json")["counts"]["invalid"] == 6);
  BOOST_TEST(questions() == 6U);
  BOOST_TEST(run("verify out").exit_code == 0);
  BOOST_TEST(!any_left());
}

BOOST_AUTO_TEST_CASE(a_killed_search_leaves_no_program_behind) {
  answers({design(8), ""}, "read -r forever");
  const auto result = interrupt(kArguments,
                                "grep -q . out/archive.jsonl && [ -e cache/llm/flnas-llm.questions ] && "
                                "[ $(wc -l <cache/llm/flnas-llm.questions) = 2 ]");
  BOOST_TEST(contains(result.output, "code 137"), result.output);
  BOOST_TEST(!any_left());
}

BOOST_AUTO_TEST_CASE(what_is_not_set_up_or_broken_is_one_line_before_anything_is_done) {
  const auto check = [&](const std::string& more, const std::string& message) {
    const auto result = search(more);
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
    BOOST_TEST(!contains(result.output, "terminate"));
    BOOST_TEST(!std::filesystem::exists(root / "out/archive.jsonl"));
  };
  check("", "cache/llm/flnas-llm is not there: run `make setup-llm`");
  answers({});
  check("--llm-weights none.gguf", "--llm-weights none.gguf: no such file");
  write_file(root / "broken.gguf", "<html>");
  check("--llm-weights broken.gguf", "broken.gguf: not a GGUF file");
  check("--llm-model m", "--llm-model");
  check("--llm-url http://127.0.0.1:9", "--llm-url is for --llm server");
  std::filesystem::remove(llm / "SmolLM2-135M-Instruct.Q4_1.gguf");
  check("", "SmolLM2-135M-Instruct.Q4_1.gguf is not there: run `make setup-llm`");
  write_file(root / "half.gguf", "GGUF");
  tests::write_local_program(program, {}, "exit 9", R"({"error": "llama.cpp cannot load it"})");
  const auto result = search("--llm-weights half.gguf");
  BOOST_TEST(result.exit_code == 2, result.output);
  BOOST_TEST(contains(result.output, "half.gguf: llama.cpp cannot load it; give other weights"), result.output);
  BOOST_TEST(!any_left());
}

BOOST_AUTO_TEST_SUITE_END()
