// What a test needs of the machine, as Boost.Test's preconditions: without it the report says that the test was
// skipped, and why. Where a whole program has nothing left to run, ctest says so too (tests/main.cc).
//
//     BOOST_AUTO_TEST_CASE(name, *boost::unit_test::precondition(test::has_program("gnuplot"))) { ... }
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "harness/base/process.h"
#include "tests/support/paths.h"

namespace flnas::test {

using Precondition = std::function<boost::test_tools::assertion_result(boost::unit_test::test_unit_id)>;

/// A program on the PATH.
inline Precondition has_program(const std::string& name) {
  return [name](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result here(system_processes().has(name));
    if (!here) here.message() << "no " << name << " here";
    return here;
  };
}

/// A file or folder of published data, for the few tests on real data: below FLNAS_SHARED_DATA, or shared/data beside
/// the source tree.
inline std::filesystem::path shared_data(const std::string& name) {
  const char* given = std::getenv("FLNAS_SHARED_DATA");
  return (given != nullptr ? std::filesystem::path(given)
                           : std::filesystem::path(tests::tests_dir()) / "../../shared/data") /
         name;
}

inline Precondition has_shared_data(const std::string& name) {
  return [name](boost::unit_test::test_unit_id) {
    const auto path = shared_data(name);
    boost::test_tools::assertion_result here(std::filesystem::exists(path));
    if (!here) here.message() << "no " << path.string() << " (FLNAS_SHARED_DATA)";
    return here;
  };
}

}  // namespace flnas::test
