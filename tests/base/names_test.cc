#include "harness/base/names.h"

#include "harness/base/error.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(edits_are_counted) {
  BOOST_TEST(edit_distance("kitten", "sitting") == 3u);
  BOOST_TEST(edit_distance("", "abc") == 3u);
  BOOST_TEST(edit_distance("abc", "abc") == 0u);
  BOOST_TEST(edit_distance("ab", "ba") == 2u);
}

BOOST_AUTO_TEST_CASE(the_nearest_name_is_suggested) {
  const std::vector<std::string> models{"resnet18", "resnet34", "mobilenet_v1"};
  BOOST_TEST(nearest_name("resnet81", models) == "resnet18");
  BOOST_TEST(nearest_name("mobilenet", models) == "mobilenet_v1");
  BOOST_TEST(nearest_name("x", {}) == "");
  BOOST_TEST(find_name("model", "resnet34", models) == 1u);
  const auto message = test::message_of<ConfigError>([&] { find_name("model", "resnet81", models); });
  BOOST_TEST(message == "unknown model 'resnet81'; did you mean 'resnet18'? (valid: resnet18, resnet34, mobilenet_v1)");
}

BOOST_AUTO_TEST_CASE(foreign_names_stay_on_one_line) {
  const std::string text = unknown_name("key", "c\nels" + std::string(500, 'x'), {"channels"});
  BOOST_TEST(text.rfind("unknown key 'c els", 0) == 0u);
  BOOST_TEST(text.size() < 200u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
