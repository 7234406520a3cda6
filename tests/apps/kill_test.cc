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
