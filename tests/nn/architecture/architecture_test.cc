#include "harness/nn/architecture/architecture.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"

namespace {

using namespace flnas;
using nn::parse_architecture;

Json tiny() { return Json::parse(R"({"stages": [{"channels": 8, "pooling": "max"}]})"); }

/// The text of the ConfigError that parsing gives, or an empty text.
std::string problem(const Json& json) {
  try {
    parse_architecture(json, "x.json");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

BOOST_AUTO_TEST_SUITE(architecture)

BOOST_AUTO_TEST_CASE(defaults_fill_what_is_left_out) {
  const nn::Architecture a = parse_architecture(tiny(), "x.json");
  BOOST_TEST(a.stages.at(0).kernel == 3);
  BOOST_TEST(a.stages.at(0).bias);
  BOOST_TEST((a.stages.at(0).norm == nn::Norm::kNone));
  BOOST_TEST((a.head.reduce == nn::Reduce::kFlatten));
  BOOST_TEST(a.head.hidden.empty());
}

BOOST_AUTO_TEST_CASE(export_and_parse_are_inverse) {
  const Json json = Json::parse(R"({"name": "n", "title": "T", "source": "s", "stages": [
    {"channels": 16, "kernel": 5, "stride": 2, "padding": 1, "bias": false, "norm": "group", "activation": "silu",
     "pooling": "average", "dropout": 0.25, "form": "depthwise_separable"},
    {"channels": 24, "kernel": 3, "stride": 1, "padding": 1, "bias": true, "norm": "layer", "activation": "tanh",
     "pooling": "none", "dropout": 0.0, "form": "residual"}],
    "head": {"reduce": "global_average", "hidden": [32, 7], "activation": "gelu", "dropout": 0.5}})");
  BOOST_TEST(nn::to_json(parse_architecture(json, "x.json")) == json);
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported_at_once_with_its_place) {
  const std::string text = problem(Json::parse(R"({"stagse": 1, "stages": [
    {"chanels": 8, "kernel": 0},
    {"channels": 12, "norm": "group", "activation": "relo"},
    {"channels": 8, "kernel": 4, "form": "residual", "dropout": 1},
    {"channels": 1e99, "stride": 1.5, "bias": 1, "padding": 3}],
    "head": {"hidden": [0], "reduce": 3}})"));
  BOOST_TEST_CONTEXT(text) {
    BOOST_TEST(text.rfind("x.json: ", 0) == 0u);
    BOOST_TEST(has(text, "did you mean 'stages'"));
    BOOST_TEST(has(text, "stages[0]: unknown key 'chanels'; did you mean 'channels'"));
    BOOST_TEST(has(text, "stages[0]: channels: missing"));
    BOOST_TEST(has(text, "stages[0]: kernel: 0 is not in 1..15"));
    BOOST_TEST(has(text, "stages[1]: unknown activation 'relo'; did you mean 'relu'"));
    BOOST_TEST(has(text, "stages[2]: kernel: 4 is even"));
    BOOST_TEST(has(text, "stages[2]: dropout: 1 is not in 0 up to"));
    BOOST_TEST(has(text, "stages[3]: channels: expected an integer"));
    BOOST_TEST(has(text, "stages[3]: stride: expected an integer"));
    BOOST_TEST(has(text, "stages[3]: bias: expected true or false"));
    BOOST_TEST(has(text, "stages[3]: padding: 3 exceeds half the kernel (1)"));
    BOOST_TEST(has(text, "head: hidden[0]: 0 is not in 1..65536"));
    BOOST_TEST(has(text, "head: reduce: expected one of flatten, global_average"));
  }
}

BOOST_AUTO_TEST_CASE(wrong_shapes_of_json_are_errors_not_crashes) {
  for (const char* text : {"[]", "null", "3", R"({"stages": {}})", R"({"stages": []})", R"({"stages": [3]})",
                           R"({"stages": [{"channels": 18446744073709551615}]})", R"({"stages": [{"channels": -8}]})",
                           R"({"stages": [{"channels": 8}], "head": []})",
                           R"({"stages": [{"channels": 8}], "name": "../escape"})", "{}"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(problem(Json::parse(text)) != ""); }
  }
}

BOOST_AUTO_TEST_CASE(maps_shrink_as_convolution_and_pooling_say) {
  nn::Architecture a =
      parse_architecture(Json::parse(R"({"stages": [{"channels": 8, "kernel": 5, "stride": 2, "padding": 0},
                                 {"channels": 16, "pooling": "max"}, {"channels": 4, "kernel": 2}]})"),
                         "x.json");
  const auto shapes = nn::map_shapes(a, 33);
  BOOST_TEST(shapes.at(0).height == 15);
  BOOST_TEST(shapes.at(1).height == 7);
  BOOST_TEST(shapes.at(2).height == 6);
  BOOST_TEST(shapes.at(2).channels == 4);
}

BOOST_AUTO_TEST_CASE(too_small_images_are_an_error_that_names_the_least_size) {
  nn::Architecture a = parse_architecture(
      Json::parse(R"({"stages": [{"channels": 8, "pooling": "max"}, {"channels": 8, "pooling": "max"}]})"), "x.json");
  BOOST_CHECK_NO_THROW(nn::build_classifier(a, {.classes = 2, .size = 4}));
  BOOST_CHECK_EXCEPTION(nn::build_classifier(a, {.classes = 2, .size = 3}), ConfigError, [](const ConfigError& e) {
    return has(e.what(), "stages[1]") && has(e.what(), "at least 4 px");
  });
}

BOOST_AUTO_TEST_CASE(an_absurd_linear_layer_is_refused_before_memory_is_taken) {
  nn::Architecture a =
      parse_architecture(Json::parse(R"({"stages": [{"channels": 4096}], "head": {"hidden": [65536]}})"), "x.json");
  BOOST_CHECK_THROW(nn::build_classifier(a, {}), ConfigError);
}

BOOST_AUTO_TEST_CASE(every_choice_builds_and_gives_logits_of_the_computed_shape) {
  for (const char* form : {"plain", "depthwise_separable", "residual"}) {
    for (const char* norm : {"none", "batch", "group", "layer"}) {
      for (const char* activation :
           {"none", "relu", "relu6", "leaky_relu", "elu", "gelu", "silu", "hardswish", "tanh"}) {
        BOOST_TEST_CONTEXT(form << " " << norm << " " << activation) {
          Json json = Json::parse(R"({"stages": [{"channels": 8, "stride": 2}, {"channels": 16, "dropout": 0.5,
                                      "pooling": "average"}], "head": {"hidden": [5], "dropout": 0.1}})");
          for (auto& stage : json["stages"]) {
            stage["form"] = form;
            stage["norm"] = norm;
            stage["activation"] = activation;
          }
          const auto model = nn::build_classifier(parse_architecture(json, "x.json"), {.classes = 3, .size = 9});
          const torch::Tensor logits = model->forward(torch::rand({2, 3, 9, 9}));
          BOOST_TEST((logits.sizes() == torch::IntArrayRef{2, 3}));
          logits.sum().backward();
          for (const auto& p : model->parameters()) BOOST_TEST(p.grad().defined());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(dropout_acts_in_training_only) {
  Json json = tiny();
  json["head"] = {{"dropout", 0.5}};
  const auto model = nn::build_classifier(parse_architecture(json, "x.json"), {.classes = 2, .size = 16});
  const torch::Tensor images = torch::rand({2, 3, 16, 16});
  BOOST_TEST(!model->forward(images).equal(model->forward(images)));
  const nn::EvalMode eval(*model);
  BOOST_TEST(model->forward(images).equal(model->forward(images)));
}

BOOST_AUTO_TEST_CASE(the_published_schema_names_what_the_parser_reads) {
  const Json schema = Json::parse(nn::architecture_schema());
  const Json full = nn::to_json(parse_architecture(
      Json::parse(R"({"name": "n", "title": "t", "source": "s", "stages": [{"channels": 8}]})"), "x.json"));
  const auto keys = [](const Json& object) {
    std::vector<std::string> names;
    for (const auto& [key, unused] : object.items()) names.push_back(key);
    return names;
  };
  const Json& stage = schema["properties"]["stages"]["items"]["properties"];
  const Json& head = schema["properties"]["head"]["properties"];
  BOOST_TEST(keys(schema["properties"]) == keys(full), boost::test_tools::per_element());
  BOOST_TEST(keys(stage) == keys(full["stages"][0]), boost::test_tools::per_element());
  BOOST_TEST(keys(head) == keys(full["head"]), boost::test_tools::per_element());
  // Each default is the parser's, each word and each bound is accepted, and one beyond the bound is not.
  for (const Json* table : {&stage, &head}) {
    const bool of_stage = table == &stage;
    const Json& defaults = of_stage ? full["stages"][0] : full["head"];
    const auto accepted = [&](const std::string& key, const Json& value) {
      Json json = tiny();
      if (key == "padding") json["stages"][0]["kernel"] = 15;
      (of_stage ? json["stages"][0] : json["head"])[key] = value;
      return problem(json).empty();
    };
    for (const auto& [key, rule] : table->items()) {
      BOOST_TEST_CONTEXT(key) {
        if (rule.contains("default")) BOOST_TEST(rule["default"] == defaults[key]);
        for (const auto& value : rule.value("enum", Json::array())) BOOST_TEST(accepted(key, value));
        if (rule.contains("minimum")) BOOST_TEST(accepted(key, rule["minimum"]));
        if (rule.value("type", "") == "integer") {
          BOOST_TEST(accepted(key, rule["maximum"]));
          BOOST_TEST(!accepted(key, rule["minimum"].get<int>() - 1));
          BOOST_TEST(!accepted(key, rule["maximum"].get<int>() + 1));
        }
        if (rule.contains("exclusiveMaximum")) BOOST_TEST(!accepted(key, rule["exclusiveMaximum"]));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
