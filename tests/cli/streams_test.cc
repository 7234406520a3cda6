#include <boost/test/unit_test.hpp>

#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// The program with its streams led elsewhere by a shell; the last line of the output is its exit code.
struct Streams {
  test::TemporaryFolder folder;

  std::string run(const std::string& arguments) const {
    return tests::run_shell(tests::flnas_program() + " " + arguments + "; echo code $?", folder.path).output;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(streams, Streams)

BOOST_AUTO_TEST_CASE(results_that_are_lost_are_a_failure_of_one_line) {
  for (const char* command : {"models search3 > /dev/full", "models search3 --json > /dev/full", "--help > /dev/full",
                              "> /dev/full", "models search3 >&-"}) {
    const std::string output = run(command);
    BOOST_TEST_CONTEXT(command << "\n" << output) {
      BOOST_TEST(output.ends_with(
          "error: stdout: the results could not be written; is the disk full, or the stream closed?\ncode 1\n"));
    }
  }
}

BOOST_AUTO_TEST_CASE(messages_that_are_lost_end_no_work) {
  const std::string synth = "dataset synth --images 60 --size 16 --out ";
  BOOST_TEST(contains(run(synth + "a 2> /dev/full"), "code 0"));
  BOOST_TEST(contains(run(synth + "b 2>&-"), "code 0"));
  BOOST_TEST(contains(run(synth + "c <&- >&- 2>&-"), "code 1"));  // done, but the result was not told
  for (const char* out : {"a", "b", "c"}) {
    BOOST_TEST(std::filesystem::exists(folder / out / "ISIC_2019_Training_GroundTruth.csv"));
  }
  BOOST_TEST(run("models nothing 2> /dev/full") == "code 2\n");
}

BOOST_AUTO_TEST_SUITE_END()
