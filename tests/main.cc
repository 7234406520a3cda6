#define BOOST_TEST_NO_MAIN
#include <boost/test/results_collector.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/paths.h"

namespace flnas::tests {

std::string tests_dir() { return FLNAS_TESTS_DIR; }
std::string flnas_program() { return FLNAS_BIN_DIR "/flnas"; }
std::string bench_program() { return FLNAS_BIN_DIR "/flnas-bench"; }

}  // namespace flnas::tests

/// What Boost.Test's own main does; but a program none of whose tests could run exits with 77, which ctest reports as
/// skipped (SKIP_RETURN_CODE in harness/cmake/FlnasTargets.cmake) and not as passed.
int main(int argc, char** argv) {
  using namespace boost::unit_test;
  const auto init = [] {
    framework::master_test_suite().p_name.value = "flnas";
    return true;
  };
  const int code = unit_test_main(init, argc, argv);
  if (code != 0) return code;
  const test_results& all = results_collector.results(framework::master_test_suite().p_id);
  const auto ran = all.p_test_cases_passed + all.p_test_cases_warned + all.p_test_cases_failed;
  return ran == 0 && all.p_test_cases_skipped > 0 ? 77 : 0;
}
