#include "harness/base/libraries.h"

#include <gnu/libc-version.h>

#include "tests/base/fixture.h"

BOOST_AUTO_TEST_SUITE(libraries)

BOOST_AUTO_TEST_CASE(what_is_loaded_is_named_with_its_version_and_nothing_else) {
  const flnas::Json found = flnas::describe_libraries();
  BOOST_TEST(found.value("c", "") == gnu_get_libc_version());
  for (const auto& [name, version] : found.items()) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!version.get<std::string>().empty()); }
  }
  BOOST_TEST(!found.contains("xgboost"));  // not linked by this program
}

BOOST_AUTO_TEST_SUITE_END()
