#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/base/process.h"
#include "harness/records/latency_suite.h"
#include "tests/base/fixture.h"
#include "tests/remote/sshd.h"
#include "tests/support/paths.h"

using namespace flnas;
using test::contains;

namespace {

/// flnas-bench in a folder of its own; `board` is this machine by way of ssh.
struct Remote {
  test::Sshd server;
  ProcessResult run(const std::string& arguments) const {
    const std::string command = fmt::format(
        "{} --ssh board --ssh-config config --models mine.json --size 32 --batch 1 --threads 1 --modes eager "
        "--retries 0 --no-training-memory --benchmark_min_time=0.01 {}",
        tests::bench_program(), arguments);
    return system_processes().run({"sh", "-c", command}, server.path("."), "", std::chrono::seconds(120));
  }
  Remote() {
    const std::filesystem::path here = tests::tests_dir();
    std::filesystem::copy_file(here.parent_path() / "searches/spaces/cnn/architectures/search3.json",
                               server.path("mine.json"));
  }
};

boost::test_tools::assertion_result is_not_installed(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result absent(!system_processes().has("flnas-bench"));
  if (!absent) absent.message() << "flnas-bench is on the PATH here";
  return absent;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(remote_bench, Remote, *boost::unit_test::precondition(test::sshd_is_there))

BOOST_AUTO_TEST_CASE(a_design_is_taken_to_a_board_with_one_command) {
  const ProcessResult result =
      run(fmt::format("--program {} --out there/l.json --benchmark_out=there/g.json", tests::bench_program()));
  BOOST_TEST_INFO(result.output);
  BOOST_REQUIRE(result.exit_code <= 1);
  const LatencySuite suite = read_latency_suite(server.path("there/l.json"));
  BOOST_REQUIRE(suite.results.size() == 1U);
  BOOST_TEST(suite.results[0].samples_us.size() >= 15U);
  BOOST_TEST(read_json(server.path("there/g.json")).at("benchmarks").size() == 1U);
  BOOST_TEST(contains(result.output, "copying 2 of 2 files"));
  BOOST_TEST(contains(result.output, "form:eager"));
  BOOST_TEST(server.nothing_is_left());
}

BOOST_AUTO_TEST_CASE(a_board_that_lacks_flnas_bench_is_an_error, *boost::unit_test::precondition(is_not_installed)) {
  const ProcessResult without = run("");
  BOOST_TEST(without.exit_code == 1);
  BOOST_TEST(contains(without.output, "flnas-bench is not installed there; run `make pi4`"), without.output);
  BOOST_TEST(server.nothing_is_left());
}

BOOST_AUTO_TEST_CASE(a_board_that_is_another_is_an_error) {
  const ProcessResult other = run(fmt::format("--program {} --platform pi4", tests::bench_program()));
  BOOST_TEST(other.exit_code == 1);
  BOOST_TEST(contains(other.output, "this machine is no Raspberry Pi 4"), other.output);
  const ProcessResult unknown = run("--models serach1");
  BOOST_TEST(unknown.exit_code == 2);
  BOOST_TEST(contains(unknown.output, "did you mean 'search1'?"), unknown.output);
  BOOST_TEST(server.nothing_is_left());
}

BOOST_AUTO_TEST_SUITE_END()
