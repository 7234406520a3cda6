#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "harness/base/files.h"
#include "tests/fuzz/reply_properties.h"
#include "tests/support/paths.h"

namespace {

// What `make fuzz` checks on millions of inputs, on those that it starts from.
BOOST_AUTO_TEST_CASE(promises_hold_for_the_fuzzers_corpus) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(flnas::tests::tests_dir() + "/fuzz/corpus")) {
    BOOST_TEST_CONTEXT(entry.path()) { BOOST_CHECK_NO_THROW(flnas::test::check_reply(flnas::read_file(entry.path()))); }
    ++files;
  }
  BOOST_TEST(files >= 10);
}

}  // namespace
