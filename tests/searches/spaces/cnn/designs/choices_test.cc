#include "searches/spaces/cnn/designs/choices.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "resources/searches.h"
#include "searches/spaces/cnn/designs/design.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

Json default_choices() { return load_cnn().choices.json; }

std::string refused(const Json& choices) {
  return test::message_of<ConfigError>([&] { parse_choices(choices, "my.json"); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(choices)

BOOST_AUTO_TEST_CASE(search_1_to_3_are_members_of_the_default_space) {
  const CnnDefinition space = load_cnn();
  for (const char* name : {"search1", "search2", "search3"}) {
    const std::string file = std::string("searches/spaces/cnn/architectures/") + name + ".json";
    const auto design = canonical(nn::parse_architecture(parse_json(*resource(file), file), file));
    BOOST_TEST(outside_choices(design, space.choices).empty(), name);
  }
}

BOOST_AUTO_TEST_CASE(the_default_choices_are_those_of_the_documentation) {
  const Choices choices = load_cnn().choices;
  BOOST_TEST(choices.least_stages == 2);
  BOOST_TEST(choices.most_stages == 6);
  BOOST_TEST(choices.of_stage("channels").values.size() == 64u);
  BOOST_TEST(choices.of_stage("channels").text == "8 to 512 in steps of 8");
  BOOST_TEST(choices.of_stage("kernel").text == "1, 3, 5, 7");
  BOOST_TEST(choices.most_hidden == 2);
}

BOOST_AUTO_TEST_CASE(every_value_outside_the_choices_is_named) {
  const Json design = canonical(nn::parse_architecture(
      Json::parse(R"({"stages": [{"channels": 100, "kernel": 9, "norm": "batch", "activation": "tanh"}],
                      "head": {"hidden": [16, 17, 32]}})"),
      "test"));
  const auto outside = outside_choices(design, load_cnn().choices);
  const std::vector<std::string> expected = {
      "stages: 1 stages, the choices allow 2 to 6",
      "stages[0].channels: 100 is not among the choices (8 to 512 in steps of 8)",
      "stages[0].kernel: 9 is not among the choices (1, 3, 5, 7)",
      "stages[0].padding: 4 is not among the choices (0, 1, 2, 3)",
      "stages[0].activation: \"tanh\" is not among the choices (relu, leaky_relu, elu, gelu, silu, hardswish)",
      "head.hidden: 3 layers, the choices allow 0 to 2",
      "head.hidden[1]: 17 is not among the choices (16 to 512 in steps of 16)"};
  BOOST_TEST(outside == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unused_activation_of_the_head_makes_no_other_design) {
  const auto design = [](const char* text) { return canonical(nn::parse_architecture(Json::parse(text), "test")); };
  BOOST_TEST(design(R"({"stages": [{"channels": 8}], "head": {"activation": "elu"}})") ==
             design(R"({"name": "a", "stages": [{"channels": 8, "padding": 1}]})"));
  BOOST_TEST(design(R"({"stages": [{"channels": 8}], "head": {"activation": "elu", "hidden": [8]}})") !=
             design(R"({"stages": [{"channels": 8}], "head": {"hidden": [8]}})"));
}

BOOST_AUTO_TEST_CASE(contradictory_choices_are_refused_with_every_reason) {
  Json choices = default_choices();
  choices["stages"] = {{"from", 4}, {"to", 2}};
  choices["stage"]["kernel"] = Json::array();
  choices["stage"]["krenel"] = 3;
  choices["head"].erase("width");
  choices["limits"]["macs"] = -1;
  const std::string message = refused(choices);
  for (const char* part :
       {"my.json: ", "stages: nothing lies between 4 and 2", "stage.kernel: expected a list", "did you mean 'kernel'",
        "head: no key 'width'", "limits: macs: expected a number above 0"}) {
    BOOST_TEST(contains(message, part), part << " in " << message);
  }
}

BOOST_AUTO_TEST_CASE(values_that_the_schema_does_not_know_are_refused) {
  Json choices = default_choices();
  choices["stage"]["norm"] = {"batch", "instance"};
  BOOST_TEST(contains(refused(choices), "unknown norm 'instance'"));
}

BOOST_AUTO_TEST_CASE(kernels_without_a_padding_are_refused) {
  Json choices = default_choices();
  choices["stage"]["padding"] = {2, 3};
  BOOST_TEST(contains(refused(choices), "none of 2, 3 goes with kernel 1 in form \"plain\"; add 0"));
  choices = default_choices();
  choices["stage"]["kernel"] = {3, 4};
  BOOST_TEST(contains(refused(choices), "stage.kernel: 4 is even, but form residual is offered"));
}

BOOST_AUTO_TEST_CASE(a_template_outside_the_choices_is_refused) {
  const test::TemporaryFolder folder;
  write_json(folder / "template.json", Json::parse(R"({"stages": [{"channels": 7}, {"channels": 8}]})"));
  const std::string message = test::message_of<ConfigError>([&] { load_cnn(folder / "template.json"); });
  BOOST_TEST(contains(message, "the template is no member of the space: stages[0].channels: 7"));
  BOOST_CHECK_THROW(load_cnn(folder / "none.json"), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()
