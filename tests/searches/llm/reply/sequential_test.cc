#include "searches/llm/reply/sequential.h"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/random.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "searches/llm/reply/sequential_layers.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using test::contains;

constexpr nn::ModelOptions kPaper{.classes = 2, .size = 224};

struct Read {
  std::optional<Json> json;
  std::vector<std::string> problems;
};

Read read(const std::string& text, const nn::ModelOptions& options = kPaper) {
  const auto found = searches::find_call(text, "Sequential");
  BOOST_TEST_CONTEXT(found.error) { BOOST_REQUIRE(found.found); }
  Read result;
  result.json = searches::read_sequential(found.call, options, result.problems);
  BOOST_TEST(result.json.has_value() == result.problems.empty());
  return result;
}

/// Networks are the same where stages and head are.
Json network(const Json& json) { return {{"stages", json.at("stages")}, {"head", json.at("head")}}; }

Json searched(const std::string& name) {
  return network(nn::to_json(
      nn::read_architecture(tests::tests_dir() + "/../searches/spaces/cnn/architectures/" + name + ".json")));
}

/// Some stages, and a head that fits them at 32 px with two classes.
std::string with_head(const std::string& stages, int channels) {
  return fmt::format("nn.Sequential({}, nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear({}, 2))", stages,
                     channels);
}
Json stage_of(const std::string& layers, int channels) {
  const Read result = read(with_head(layers, channels));
  BOOST_REQUIRE(result.json.has_value());
  BOOST_REQUIRE(result.json->at("stages").size() == 1u);
  return result.json->at("stages")[0];
}

void check_problem(const std::string& text, const std::string& part) {
  const Read result = read(text);
  std::string all;
  for (const auto& problem : result.problems) all += problem + "\n";
  BOOST_TEST_CONTEXT(text << "\n" << all) { BOOST_TEST(contains(all, part), "no '" << part << "'"); }
}

BOOST_AUTO_TEST_SUITE(sequential)

BOOST_AUTO_TEST_CASE(the_papers_searches_are_read_back_from_pytorch) {
  const Read search1 = read(R"(nn.Sequential(
      nn.Conv2d(3, 16, kernel_size=3, padding=1), nn.BatchNorm2d(16), nn.ReLU(inplace=True), nn.MaxPool2d(2, 2),
      nn.Conv2d(16, 32, 3, 1, 1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(kernel_size=2, stride=2),
      nn.Conv2d(32, 64, (3, 3), padding='same'), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
      nn.Conv2d(64, 128, 3, padding=(1, 1)), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
      nn.Flatten(),
      nn.Linear(128 * 14 * 14, 128), nn.ReLU(),
      nn.Linear(128, num_classes)))");
  BOOST_TEST(*search1.json == searched("search1"));
  const Read search2 = read(R"(torch.nn.Sequential(
      torch.nn.Sequential(torch.nn.Conv2d(3, 32, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2)),
      torch.nn.Sequential(torch.nn.Conv2d(32, 64, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2)),
      torch.nn.Sequential(torch.nn.Conv2d(64, 128, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2)),
      torch.nn.Flatten(), torch.nn.Linear(100352, 2)))");
  BOOST_TEST(*search2.json == searched("search2"));
  const Read search3 = read(R"(nn.Sequential(OrderedDict([
      ('conv1', nn.Conv2d(3, 16, 3, padding=1)), ('bn1', nn.BatchNorm2d(16)), ('a1', nn.ReLU()), ('p1', nn.MaxPool2d(2)),
      ('conv2', nn.Conv2d(16, 32, 3, padding=1)), ('bn2', nn.BatchNorm2d(32)), ('a2', nn.ReLU()), ('p2', nn.MaxPool2d(2)),
      ('conv3', nn.Conv2d(32, 64, 3, padding=1)), ('bn3', nn.BatchNorm2d(64)), ('a3', nn.ReLU()), ('p3', nn.MaxPool2d(2)),
      ('conv4', nn.Conv2d(64, 128, 3, padding=1)), ('bn4', nn.BatchNorm2d(128)), ('a4', nn.ReLU()),
      ('p4', nn.MaxPool2d(2)), ('flat', nn.Flatten()), ('fc', nn.Linear(128 * h * w, 2)),
    ])))");
  BOOST_TEST(*search3.json == searched("search3"));
}

BOOST_AUTO_TEST_CASE(every_kind_of_stage_has_its_layers) {
  BOOST_TEST(stage_of("nn.Conv2d(3, 24, 5, 2, bias=False), nn.GroupNorm(8, 24), nn.SiLU(), nn.AvgPool2d(2), "
                      "nn.Dropout2d(0.25)",
                      24) ==
             Json::parse(R"({"channels": 24, "kernel": 5, "stride": 2, "padding": 0, "bias": false, "norm": "group",
                 "activation": "silu", "pooling": "average", "dropout": 0.25, "form": "plain"})"));
  BOOST_TEST(stage_of("nn.Conv2d(3, 3, 3, padding=1, groups=3), nn.GroupNorm(1, 3), nn.GELU(), nn.Conv2d(3, 16, 1), "
                      "nn.GroupNorm(1, 16), nn.GELU()",
                      16) ==
             Json::parse(R"({"channels": 16, "kernel": 3, "stride": 1, "padding": 1, "bias": true, "norm": "layer",
                 "activation": "gelu", "pooling": "none", "dropout": 0.0, "form": "depthwise_separable"})"));
  BOOST_TEST(stage_of("BasicBlock(3, 16, stride=2, norm='batch'), nn.MaxPool2d(2)", 16) ==
             Json::parse(R"({"channels": 16, "kernel": 3, "stride": 2, "padding": 1, "bias": true, "norm": "batch",
                 "activation": "relu", "pooling": "max", "dropout": 0.0, "form": "residual"})"));
}

BOOST_AUTO_TEST_CASE(heads_have_hidden_layers_and_dropout_before_each_linear) {
  const Read result = read(
      "Sequential(Conv2d(3, 8, 3, padding=1), Flatten(), Dropout(0.3), Linear(8 * 50176, 32), Tanh(), Dropout(0.3), "
      "Linear(32, 2))");
  BOOST_TEST(result.json->at("head") ==
             Json::parse(R"({"reduce": "flatten", "hidden": [32], "activation": "tanh", "dropout": 0.3})"));
}

BOOST_AUTO_TEST_CASE(unknown_layers_and_arguments_are_named_with_the_nearest_valid_one) {
  check_problem(with_head("nn.Conv2d(3, 8, 3),\nnn.Relu()", 8),
                "layer 2 (line 2): unknown layer 'Relu'; did you mean 'ReLU'");
  check_problem(with_head("nn.Conv2d(3, 8, 3, pading=1)", 8),
                "Conv2d: unknown argument 'pading'; did you mean 'padding'");
  check_problem(with_head("nn.Conv2d(3, 8), nn.ReLU(True, 1)", 8), "Conv2d: kernel_size is missing");
  check_problem(with_head("nn.Conv2d(3, 8), nn.ReLU(True, 1)", 8), "ReLU: 2 arguments, but it takes 1");
  check_problem(with_head("nn.Conv2d(3, 8, 3, kernel_size=3)", 8), "kernel_size is given twice");
  check_problem(with_head("nn.Conv2d(3, 8, (3, 5))", 8), "kernel_size is (3, 5); expected an integer");
  check_problem(with_head("nn.Conv2d(3, 8, None)", 8), "kernel_size is None; expected an integer");
  check_problem(with_head("nn.Conv2d(3, 8, k)", 8), "kernel_size is k; expected an integer");
  check_problem(with_head("nn.Conv2d(3, 8, 3, dilation=2)", 8), "dilation is 2; only 1 is possible");
  check_problem(with_head("nn.Conv2d(3, 8, 3), nn.MaxPool2d(3, 2)", 8), "kernel_size is 3; only 2 is possible");
  check_problem(with_head("nn.Conv2d(3, 8, 3), nn.LayerNorm([8, 222, 222])", 8), "use GroupNorm(1, channels)");
  check_problem(with_head("nn.Conv2d(3, 8, 3), 'relu'", 8), "layer 2 (line 1): 'relu' is no layer");
  check_problem(with_head("nn.Conv2d(3, 8, 3, padding='some')", 8), "padding is 'some'");
}

BOOST_AUTO_TEST_CASE(layers_that_do_not_fit_each_other_are_problems) {
  check_problem(with_head("nn.Conv2d(1, 8, 3)", 8), "in_channels is 1, but 3 come in");
  check_problem(with_head("nn.Conv2d(3, 8, 3), nn.BatchNorm2d(16)", 8), "num_features is 16, but 8 come in");
  check_problem(with_head("nn.Conv2d(3, 8, 3)", 9), "in_features is 9, but 8 come in");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(8, 2))", "in_features is 8, but 394272 come in");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, 3))", "3 outputs; there are 2 classes");
  check_problem(with_head("nn.Conv2d(3, 8, 3, groups=2)", 8), "groups is 2; it is 1, or");
  check_problem(with_head("nn.Conv2d(3, 3, 3, groups=3), nn.ReLU()", 3), "needs a Conv2d with kernel_size 1");
  check_problem(with_head("nn.Conv2d(3, 3, 3, groups=3), nn.ReLU(), nn.Conv2d(3, 8, 1)", 8),
                "the same bias, norm and activation");
  check_problem(with_head("nn.Conv2d(3, 24, 3), nn.GroupNorm(4, 24)", 24), "num_groups is 4; 1 and 8 are possible");
}

BOOST_AUTO_TEST_CASE(layers_out_of_order_are_problems) {
  check_problem(with_head("nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8)", 8),
                "layer 3 (line 1): BatchNorm2d: out of order");
  check_problem(with_head("nn.Conv2d(3, 8, 3), nn.Dropout(0.5)", 8), "Dropout: out of order");
  check_problem("Sequential(Flatten(), Linear(150528, 2))", "no Conv2d before");
  check_problem("Sequential(Conv2d(3, 8, 3), Linear(8, 2))", "no Flatten()");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten())", "no Linear at its end");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, 2), Softmax(dim=1))", "the output is logits");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, 2), ReLU())", "after the last Linear");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, 9), ReLU(), Linear(9, 9), Tanh(), Linear(9, 2))",
                "the same activation");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, 9), ReLU(), Dropout(0.5), Linear(9, 2))",
                "Dropout has to stand before each Linear");
  check_problem("Sequential(Conv2d(3, 8, 3), Flatten(), Linear(394272, n), ReLU(), Linear(n, 2))", "needs a number");
  check_problem("Sequential()", "no Linear at its end");
}

BOOST_AUTO_TEST_CASE(ranges_are_left_to_the_validator) {
  const Read result =
      read("Sequential(Conv2d(3, 9999, 3, padding=9), AdaptiveAvgPool2d(1), Flatten(), Linear(9999, 2))");
  BOOST_TEST(result.json->at("stages")[0].at("channels") == 9999);
  BOOST_TEST(result.json->at("stages")[0].at("padding") == 9);
  std::string many = "Sequential(";
  for (int i = 0; i < 600; ++i) many += "ReLU(),";
  check_problem(many + ")", "more than 512 layers");
}

Json random_architecture(Random& random) {
  const auto pick = [&](std::initializer_list<Json> values) { return *(values.begin() + random.below(values.size())); };
  Json json = {{"stages", Json::array()}};
  const std::initializer_list<Json> activations = {"none", "relu", "relu6",     "leaky_relu", "elu",
                                                   "gelu", "silu", "hardswish", "tanh"};
  for (std::uint64_t i = 0, n = 1 + random.below(5); i < n; ++i) {
    const std::int64_t kernel = 1 + 2 * static_cast<std::int64_t>(random.below(4));
    json["stages"].push_back({{"channels", 8 * (1 + random.below(6))},
                              {"kernel", kernel},
                              {"stride", 1 + random.below(2)},
                              {"padding", (kernel - 1) / 2},
                              {"bias", random.below(2) == 0},
                              {"norm", pick({"none", "batch", "group", "layer"})},
                              {"activation", pick(activations)},
                              {"pooling", pick({"none", "max", "average"})},
                              {"dropout", pick({0.0, 0.1, 0.25})},
                              {"form", pick({"plain", "depthwise_separable", "residual"})}});
    auto& stage = json["stages"].back();
    if (stage["form"] != "residual") stage["padding"] = random.below(static_cast<std::uint64_t>(kernel / 2 + 1));
  }
  json["head"] = {{"reduce", pick({"flatten", "global_average"})},
                  {"hidden", pick({Json::array(), {32}, {64, 7}})},
                  {"activation", pick(activations)},
                  {"dropout", pick({0.0, 0.5})}};
  if (json["head"]["hidden"].empty()) json["head"]["activation"] = "relu";
  return json;
}

BOOST_AUTO_TEST_CASE(layers_have_the_names_that_pytorch_gives_them) {
  const auto found = searches::find_call(
      "nn.Sequential(OrderedDict([('a', nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Linear(8, 8))), "
      "('b', nn.Flatten()), ('c', nn.Linear(8, 2))]))",
      "Sequential");
  const std::vector<std::string> names = {"a.0", "a.2", "c"};
  BOOST_TEST(searches::names_of_weighted_layers(found.call) == names, boost::test_tools::per_element());
  const auto star =
      searches::find_call("nn.Sequential(nn.Identity(), *[nn.Conv2d(3, 8, 3)], nn.BatchNorm2d(8))", "Sequential");
  const std::vector<std::string> places = {"1", "2"};
  BOOST_TEST(searches::names_of_weighted_layers(star.call) == places, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_flnas_writes_as_pytorch_is_read_back_as_the_same_network) {
  for (const char* name : {"search1", "search2", "search3"}) {
    const auto architecture = nn::parse_architecture(searched(name), name);
    BOOST_TEST(*read(nn::pytorch_source(architecture, kPaper)).json == searched(name));
  }
  Random random(7);
  constexpr nn::ModelOptions kOptions{.classes = 8, .size = 4096};
  for (int i = 0; i < 300; ++i) {
    const Json json = random_architecture(random);
    const std::string source = nn::pytorch_source(nn::parse_architecture(json, "random"), kOptions);
    const Read result = read(source, kOptions);
    BOOST_TEST_CONTEXT(source) {
      BOOST_REQUIRE(result.json.has_value());
      BOOST_TEST(*result.json == json);
      BOOST_TEST(searches::names_of_weighted_layers(searches::find_call(source, "Sequential").call) ==
                     nn::pytorch_layers(nn::parse_architecture(json, "random"), kOptions),
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
