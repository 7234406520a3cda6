#include "harness/cli/help.h"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "CLI/CLI.hpp"
#include "harness/base/text.h"
#include "harness/cli/run_flnas.h"
#include "tests/cli/fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

void check_help(const CLI::App& command, bool is_program) {
  const std::string help = command.help("flnas", CLI::AppFormatMode::Normal);
  BOOST_TEST_CONTEXT(command.get_name() << "\n" << help) {
    for (const std::string& line : split(help, '\n')) {
      const bool example = line.starts_with("  flnas ") || line.starts_with("  source ");
      BOOST_TEST((line.size() <= 80 || example), "too long: " << line);
    }
    for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
      BOOST_TEST(!below->get_description().empty());
      BOOST_TEST(contains(below->get_footer(), "Example"), below->get_name() << " has no example");
      BOOST_TEST(contains(below->get_footer(), "Next: "), below->get_name() << " does not say what comes next");
      check_help(*below, false);
    }
    if (!is_program) BOOST_TEST(contains(help, "Usage: "));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(help)

BOOST_AUTO_TEST_CASE(every_command_has_an_example_and_fits_a_terminal_of_80_columns) {
  CLI::App app;
  cli::Context context;
  cli::add_flnas_commands(app, context);
  check_help(app, true);
}

BOOST_FIXTURE_TEST_CASE(flnas_alone_prints_its_help_and_version_names_commit_and_libtorch, tests::Program) {
  const auto help = run("");
  BOOST_TEST(help.exit_code == 0);
  BOOST_TEST(contains(help.out, "Usage: flnas COMMAND"));
  BOOST_TEST(contains(help.out, "reproduce"));
  const auto version = run("--version");
  BOOST_TEST(version.exit_code == 0);
  BOOST_TEST(version.out.starts_with("flnas "));
  BOOST_TEST(contains(version.out, "commit "));
  BOOST_TEST(contains(version.out, "libtorch "));
  BOOST_TEST(contains(run("train --help").out, "Usage: flnas train MODEL --data DIR"));
}

BOOST_FIXTURE_TEST_CASE(a_mistyped_flag_of_any_command_names_the_one_that_was_meant, tests::Program) {
  CLI::App app;
  cli::Context context;
  cli::add_flnas_commands(app, context);
  const std::function<void(const CLI::App&, const std::string&)> check = [&](const CLI::App& command,
                                                                             const std::string& path) {
    const auto below = command.get_subcommands([](const CLI::App*) { return true; });
    for (const CLI::App* one : below) check(*one, path + one->get_name() + " ");
    std::vector<std::string> flags;
    for (const CLI::Option* option : command.get_options()) {
      for (const auto& name : option->get_lnames()) flags.push_back("--" + name);
    }
    const std::string flag = flags.at(flags.size() / 2);
    std::string mistyped = flag;
    mistyped.insert(mistyped.size() - 1, "q");
    const auto result = run(path + mistyped);
    BOOST_TEST_CONTEXT("flnas " << path << mistyped << "\n" << result.errors) {
      BOOST_TEST(result.exit_code == 2);
      BOOST_TEST(contains(result.errors, "unknown flag '" + mistyped + "'; did you mean '" + flag + "'"));
    }
  };
  check(app, "");
  const auto bench = shell(tests::bench_program() + " compare a.json b.json --forse");
  BOOST_TEST(contains(bench.output, "did you mean '--force'"), bench.output);
}

BOOST_FIXTURE_TEST_CASE(tables_are_markdown_only_where_that_is_asked_for, tests::Program) {
  write_file(root / "p.csv", "y,p\na,a\nb,b\na,b\nb,b\n");
  for (const std::string command :
       {"models search3", "search spaces", "metrics p.csv --label y --prediction p --positive b", "dataset check data",
        "dataset split data --images 0 --out s.json"}) {
    BOOST_TEST_CONTEXT(command) {
      BOOST_TEST(!contains(run(command).out, "|"));
      const auto markdown = run(command + " --format md");
      BOOST_TEST(markdown.exit_code == 0);
      BOOST_TEST(contains(markdown.out, "|:--|"));
    }
  }
  const auto other = run("models --format html");
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.errors, "unknown format 'html'"));
}

BOOST_FIXTURE_TEST_CASE(tables_fit_80_columns_unless_they_are_wide, tests::Program) {
  const auto longest = [](const std::string& text) {
    std::size_t most = 0;
    for (const auto& line : split(text, '\n')) most = std::max(most, line.size());
    return most;
  };
  BOOST_TEST(longest(run("models").out) <= 80U);
  BOOST_TEST(contains(run("models search3 --wide").out, "source"));
  BOOST_TEST(longest(run("proxies search3 search1 search2 --proxies synflow,params --batch 2 --size 32").out) <= 80U);
}

BOOST_AUTO_TEST_SUITE_END()
