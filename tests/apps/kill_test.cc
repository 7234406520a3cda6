#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/apps/fixture.h"

using namespace flnas;
using flnas::tests::contains;

BOOST_FIXTURE_TEST_SUITE(kill, tests::Program)

BOOST_AUTO_TEST_CASE(a_run_killed_after_an_epoch_ends_bit_identical_to_one_that_was_not) {
  BOOST_TEST(run(tests::Program::train("whole")).exit_code == 0);
  const std::string command = std::string(FLNAS_PROGRAM) + " " + tests::Program::train("killed");
  shell(command + " & pid=$!; while [ ! -e killed/checkpoint.pt ]; do sleep 0.01; done; kill -9 $pid; wait $pid");
  BOOST_TEST(!std::filesystem::exists(root / "killed/model.pt"));
  const auto continued = run(tests::Program::train("killed"));
  BOOST_TEST(continued.exit_code == 0);
  BOOST_TEST(contains(continued.output, "continues after epoch"));
  BOOST_TEST(text("killed/predictions.csv") == text("whole/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(a_run_killed_before_its_first_epoch_starts_again) {
  BOOST_TEST(run(tests::Program::train("whole")).exit_code == 0);
  const std::string command = std::string(FLNAS_PROGRAM) + " " + tests::Program::train("killed");
  shell(command + " & pid=$!; while [ ! -e killed/run.json ]; do sleep 0.01; done; kill -9 $pid; wait $pid");
  BOOST_TEST(run(tests::Program::train("killed")).exit_code == 0);
  BOOST_TEST(text("killed/predictions.csv") == text("whole/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(a_second_trainer_in_the_same_folder_is_refused_in_one_line) {
  const std::string first = std::string(FLNAS_PROGRAM) +
                            " train search3 --data data --split split.json --task binary --size 16 --epochs 3000 "
                            "--patience 0 --threads 1 --device cpu --out shared";
  const auto result =
      shell(first +
            " 2>first.log & pid=$!; for i in $(seq 1000); do [ -e shared/checkpoint.pt ] && break; sleep 0.01; done; " +
            first + "; echo code $?; kill -9 $pid; wait $pid; echo pid $pid");
  BOOST_TEST_INFO(result.output);
  const std::string pid = result.output.substr(result.output.rfind(' ') + 1);
  BOOST_TEST(result.output.starts_with("error: shared: process " + pid.substr(0, pid.size() - 1) +
                                       " is training there; "
                                       "wait until it has ended, or choose another --out\ncode 1\n"));
  // The lock went with its holder.
  const auto next = shell("timeout -s INT 1 " + first);
  BOOST_TEST_INFO(next.output);
  BOOST_TEST(contains(next.output, "continues after epoch"));
}

BOOST_AUTO_TEST_CASE(a_killed_reproduction_takes_its_children_with_it) {
  const std::string out = "gone" + std::to_string(::getpid());  // finds this test's processes among all
  const std::string command =
      std::string(FLNAS_PROGRAM) + " reproduce --data data --models search3 --size 16 --epochs 300 --out " + out;
  const auto result =
      shell(command + " & pid=$!; while [ -z \"$(ls " + out +
            "/runs/search3* 2>/dev/null)\" ]; do sleep 0.01; done; kill -KILL $pid; wait $pid; echo code $?;"
            "for i in $(seq 100); do pgrep -f '" +
            out + "/runs/[s]earch3-' >/dev/null || { echo none left; break; }; sleep 0.1; done");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "code 137"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "none left"));
}

BOOST_AUTO_TEST_CASE(ctrl_c_ends_a_reproduction_with_130_and_its_children_with_it) {
  const std::string out = "out" + std::to_string(::getpid());  // finds this test's processes among all
  const std::string command =
      std::string(FLNAS_PROGRAM) + " reproduce --data data --models search3 --size 16 --epochs 300 --out " + out;
  const auto result =
      shell(command + " & pid=$!; while [ -z \"$(ls " + out +
            "/runs/search3* 2>/dev/null)\" ]; do sleep 0.01; done; kill -INT $pid; wait $pid; echo code $?;"
            "for i in $(seq 100); do pgrep -f '" +
            out + "/runs/[s]earch3-' >/dev/null || { echo none left; break; }; sleep 0.1; done");
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "code 130"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST(contains(result.output, "none left"));
}

BOOST_AUTO_TEST_SUITE_END()
