#include "harness/base/process.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"

namespace flnas {
namespace {

using std::chrono::seconds;

BOOST_AUTO_TEST_SUITE(process)

BOOST_AUTO_TEST_CASE(input_and_output_larger_than_a_pipe_pass_through) {
  const std::string text(1 << 20, 'x');
  const auto result = system_processes().run({"cat"}, ".", text, seconds(20));
  BOOST_TEST(result.exit_code == 0);
  BOOST_TEST(result.output.size() == text.size());
}

BOOST_AUTO_TEST_CASE(arguments_reach_the_program_unchanged_by_any_shell) {
  const auto result = system_processes().run({"printf", "%s|", "a b", "$(c)", "'"}, ".", "", seconds(20));
  BOOST_TEST(result.output == "a b|$(c)|'|");
}

BOOST_AUTO_TEST_CASE(a_program_runs_in_the_folder_it_is_given) {
  BOOST_TEST(system_processes().run({"pwd"}, "/", "", seconds(20)).output == "/\n");
}

BOOST_AUTO_TEST_CASE(exit_codes_and_signals_are_told) {
  BOOST_TEST(system_processes().run({"sh", "-c", "echo oops >&2; exit 7"}, ".", "", seconds(20)).exit_code == 7);
  BOOST_TEST(system_processes().run({"sh", "-c", "kill -9 $$"}, ".", "", seconds(20)).exit_code == 137);
}

BOOST_AUTO_TEST_CASE(a_program_that_hangs_is_ended) {
  BOOST_TEST(system_processes().run({"sleep", "60"}, ".", "", seconds(1)).exit_code == 124);
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_without_reading_its_input_does_no_harm) {
  BOOST_TEST(system_processes().run({"true"}, ".", std::string(1 << 20, 'x'), seconds(20)).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(a_missing_program_is_known_beforehand_and_an_error_when_run) {
  BOOST_TEST(system_processes().has("sh"));
  BOOST_TEST(!system_processes().has("no-such-program-anywhere"));
  BOOST_CHECK_THROW(system_processes().run({"no-such-program-anywhere"}, ".", "", seconds(1)), IoError);
}

BOOST_AUTO_TEST_CASE(a_watched_program_is_seen_while_it_runs_stdout_and_stderr_apart) {
  std::string output, errors;
  bool early = false;
  ProcessWatch watch;
  watch.output = [&](std::string_view text) { output += text; };
  watch.errors = [&](std::string_view text) {
    errors += text;
    early = early || output.find("end") == std::string::npos;
  };
  const auto result = system_processes().run_watched(
      {"sh", "-c", "echo begin; echo oops >&2; sleep 0.2; echo end; exit 3"}, ".", "", seconds(20), watch);
  BOOST_TEST(result.exit_code == 3);
  BOOST_TEST(output == "begin\nend\n");
  BOOST_TEST(errors == "oops\n");
  BOOST_TEST(result.output == "oops\n");
  BOOST_TEST(early);
}

BOOST_AUTO_TEST_CASE(a_watched_program_ends_with_its_children_when_it_is_to_stop) {
  const auto start = std::chrono::steady_clock::now();
  ProcessWatch watch;
  watch.stop = [] { return true; };
  const auto result = system_processes().run_watched({"sh", "-c", "sleep 60; true"}, ".", "", seconds(50), watch);
  BOOST_TEST(result.exit_code == 130);
  BOOST_TEST((std::chrono::steady_clock::now() - start < seconds(10)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
