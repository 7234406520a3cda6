#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// Begins a reproduction that would take minutes, sends it a signal in its first training, and looks for ten seconds
/// for processes that it left.
ProcessResult interrupt_reproduction(const tests::Program& program, const std::string& folder,
                                     const std::string& signal) {
  const std::string out = folder + std::to_string(::getpid());  // finds this test's processes among all
  return program.interrupt("reproduce --data data --models search3 --size 16 --epochs 300 --out " + out,
                           "[ -n \"$(ls " + out + "/runs/search3* 2>/dev/null)\" ]", signal,
                           "for i in $(seq 100); do pgrep -f '" + out +
                               "/runs/[s]earch3-' >/dev/null || { echo none left; break; }; sleep 0.1; done");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kill, tests::Program)

BOOST_AUTO_TEST_CASE(a_run_killed_after_an_epoch_ends_bit_identical_to_one_that_was_not) {
  BOOST_TEST(run(tests::Program::train("whole")).exit_code == 0);
  interrupt(tests::Program::train("killed"), "[ -e killed/checkpoint.pt ]");
  BOOST_TEST(!std::filesystem::exists(root / "killed/model.pt"));
  const auto continued = run(tests::Program::train("killed"));
  BOOST_TEST(continued.exit_code == 0);
  BOOST_TEST(contains(continued.output, "continues after epoch"));
  BOOST_TEST(text("killed/predictions.csv") == text("whole/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(a_run_killed_before_its_first_epoch_starts_again) {
  BOOST_TEST(run(tests::Program::train("whole")).exit_code == 0);
  interrupt(tests::Program::train("killed"), "[ -e killed/run.json ]");
  BOOST_TEST(run(tests::Program::train("killed")).exit_code == 0);
  BOOST_TEST(text("killed/predictions.csv") == text("whole/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(a_second_trainer_in_the_same_folder_is_refused_in_one_line) {
  const std::string first = tests::flnas_program() +
                            " train search3 --data data --split split.json --task binary --size 16 --epochs 3000 "
                            "--patience 0 --threads 1 --device cpu --out shared";
  const auto result = shell(first + " 2>first.log & pid=$!; " + tests::wait_until("[ -e shared/checkpoint.pt ]") +
                            first + "; echo code $?; kill -9 $pid; wait $pid; echo pid $pid");
  BOOST_TEST_INFO(result.output);
  const std::string pid = result.output.substr(result.output.rfind(' ') + 1);
  BOOST_TEST(result.output.starts_with("error: shared: process " + pid.substr(0, pid.size() - 1) +
                                       " is training there; "
                                       "wait until it has ended, or choose another --out\ncode 1\n"));
  // The lock went with its holder.
  const auto next = shell(first + " 2>next.log & pid=$!; " + tests::wait_until("grep -qs 'continues after' next.log") +
                          "kill -INT $pid; wait $pid; echo code $?");
  BOOST_TEST(next.output == "code 130\n");
}

BOOST_AUTO_TEST_CASE(a_killed_reproduction_takes_its_children_with_it) {
  const auto result = interrupt_reproduction(*this, "gone", "KILL");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "code 137"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "none left"));
}

BOOST_AUTO_TEST_CASE(ctrl_c_ends_a_reproduction_with_130_and_its_children_with_it) {
  const auto result = interrupt_reproduction(*this, "out", "INT");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "code 130"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "none left"));
}

BOOST_AUTO_TEST_SUITE_END()
