#include "harness/base/plural.h"

#include <boost/test/unit_test.hpp>

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(plural_)

BOOST_AUTO_TEST_CASE(one_is_singular_and_every_other_count_plural) {
  BOOST_TEST(counted(1, "reading") == "1 reading");
  BOOST_TEST(counted(0, "reading") == "0 readings");
  BOOST_TEST(counted(2000, "reading") == "2,000 readings");
  BOOST_TEST(counted(2, "search") == "2 searches");
  BOOST_TEST(counted(1, "retry", "retries") == "1 retry");
  BOOST_TEST(counted(3, "retry", "retries") == "3 retries");
  BOOST_TEST(plural(1, "is", "are") == "is");
  BOOST_TEST(plural(0, "is", "are") == "are");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
