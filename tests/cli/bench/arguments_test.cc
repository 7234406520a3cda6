#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "CLI/CLI.hpp"
#include "harness/base/error.h"
#include "harness/base/text.h"
#include "harness/cli/bench/commands.h"
#include "harness/latency/bench_request.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;

namespace {

/// What flnas-bench says of its request, read and not run.
std::string read(std::vector<std::string> words) {
  CLI::App app;
  cli::Context context{.only_parse = true};
  cli::add_bench_commands(app, context);
  std::reverse(words.begin(), words.end());
  app.parse(words);
  return context.parsed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bench_arguments)

BOOST_AUTO_TEST_CASE(every_flag_of_the_suite_is_recorded_and_read_back) {
  BOOST_TEST(read({}) == "flnas-bench");
  const std::vector<std::string> all = {"--platform",
                                        "pi4",
                                        "--require-device",
                                        "--models",
                                        "search3,mine.json",
                                        "--batch",
                                        "1,2",
                                        "--threads",
                                        "0,4",
                                        "--modes",
                                        "eager,frozen",
                                        "--precision",
                                        "bfloat16",
                                        "--classes",
                                        "8",
                                        "--size",
                                        "128",
                                        "--passes",
                                        "3",
                                        "--retries",
                                        "0",
                                        "--no-training-memory",
                                        "--out",
                                        "l.json",
                                        "--ssh",
                                        "ssh://pi@board:2222",
                                        "--program",
                                        "there/flnas-bench",
                                        "--ssh-config",
                                        "config"};
  std::vector<std::string> words = all;
  words.insert(words.end(), {"--benchmark_min_time=1s", "--benchmark_filter=a b"});
  const std::string recorded = read(words);
  BOOST_TEST(recorded ==
             "flnas-bench --platform pi4 --require-device --models search3,mine.json --batch 1,2 --threads 0,4 "
             "--modes eager,frozen --precision bfloat16 --classes 8 --size 128 --passes 3 --retries 0 "
             "--no-training-memory --out l.json --ssh ssh://pi@board:2222 --program there/flnas-bench "
             "--ssh-config config --benchmark_min_time=1s " +
                 shell_quote("--benchmark_filter=a b"));
  words.erase(words.begin() + 2);
  BOOST_TEST(!contains(read(words), "--require-device"));
}

BOOST_AUTO_TEST_CASE(the_commands_record_theirs) {
  BOOST_TEST(read({"compare", "a.json", "b.json", "--force"}) == "flnas-bench compare a.json b.json --force");
  BOOST_TEST(read({"calibrate", "tables", "--sample", "20", "--choose", "spread", "--overhead", "6"}) ==
             "flnas-bench calibrate tables --sample 20 --choose spread --overhead 6");
}

BOOST_AUTO_TEST_CASE(what_is_no_flag_is_named) {
  BOOST_TEST(contains(test::message_of<ConfigError>([] { read({"--modls", "a"}); }), "did you mean '--models'"));
  BOOST_TEST(contains(test::message_of<ConfigError>([] { read({"search3"}); }), "unexpected argument 'search3'"));
}

BOOST_AUTO_TEST_CASE(the_help_fits_eighty_columns_and_has_examples) {
  CLI::App app;
  cli::Context context;
  cli::add_bench_commands(app, context);
  const auto check = [](const CLI::App& command) {
    const std::string help = command.help("flnas-bench", CLI::AppFormatMode::Normal);
    for (const std::string& line : split(help, '\n')) {
      BOOST_TEST((line.size() <= 80 || line.starts_with("  flnas-bench ")), line);
    }
    BOOST_TEST(contains(help, "Example"), command.get_name());
  };
  check(app);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) check(*command);
}

BOOST_AUTO_TEST_SUITE_END()
