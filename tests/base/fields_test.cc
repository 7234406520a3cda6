#include "harness/base/fields.h"

#include "tests/base/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

struct Config {
  int epochs = 5;
  double lr = 1e-3;
  std::string task = "isic8";

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("epochs", self.epochs, "epochs at most");
    visit("lr", self.lr, "learning rate");
    visit("task", self.task, "isic8 or binary");
  }
};

std::string parse_error(const char* text) {
  return message_of<ConfigError>([&] {
    Config config;
    config_from_json(config, Json::parse(text), "c.json");
  });
}

BOOST_AUTO_TEST_SUITE(fields)

BOOST_AUTO_TEST_CASE(a_configuration_goes_through_json_and_back) {
  Config config;
  config_from_json(config, Json::parse(R"({"lr": 0.5, "task": "binary"})"), "c.json");
  BOOST_TEST(config.epochs == 5);
  BOOST_TEST(config_to_json(config).dump() == R"({"epochs":5,"lr":0.5,"task":"binary"})");
}

BOOST_AUTO_TEST_CASE(an_unknown_key_names_the_nearest) {
  const auto message = parse_error(R"({"epoch": 3})");
  BOOST_TEST(contains(message, "c.json: unknown key 'epoch'; did you mean 'epochs'?"));
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_is_an_error) {
  BOOST_TEST(contains(parse_error(R"({"epochs": "many"})"), "c.json: key 'epochs' cannot be \"many\""));
  BOOST_TEST(contains(parse_error("[1]"), "expected a JSON object"));
}

BOOST_AUTO_TEST_CASE(the_hash_follows_every_value) {
  Config config, other;
  BOOST_TEST(config_hash(config) == config_hash(other));
  BOOST_TEST(config_hash(config).size() == 12u);
  other.lr = 2e-3;
  BOOST_TEST(config_hash(config) != config_hash(other));
}

BOOST_AUTO_TEST_CASE(all_problems_are_told_at_once) {
  BOOST_CHECK_NO_THROW(require_valid({}));
  BOOST_TEST(message_of<ConfigError>([] { require_valid({"a is wrong", "b is too"}); }) == "a is wrong; b is too");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
