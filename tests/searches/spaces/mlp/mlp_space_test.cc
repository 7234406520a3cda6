#include "searches/spaces/mlp/mlp_space.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "searches/spaces/mlp/mlp_cost.h"
#include "searches/spaces/mlp/mlp_operators.h"
#include "searches/spaces/mlp/mlp_words.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

/// Two numbers and a column of three categories: five values, one-hot.
const nn::ModelOptions kTable{.classes = 2, .size = 0, .columns = {0, 0, 3}};

struct Space {
  MlpSpace space{load_mlp_choices(), kTable, 64};

  Candidate of(const Json& design) const {
    const Reading reading = space.parse(design);
    BOOST_TEST_REQUIRE(reading.candidate.has_value(), fmt::format("{}", fmt::join(reading.problems, "; ")));
    return *reading.candidate;
  }
  std::vector<std::string> problems(const Json& design) const { return space.parse(design).problems; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mlp_space, Space)

BOOST_AUTO_TEST_CASE(designs_that_are_the_same_network_are_one_candidate) {
  // Without hidden layers only the columns' encoding is left.
  const Candidate plain = of({{"widths", Json::array()}});
  BOOST_TEST(of({{"widths", Json::array()}, {"norm", "batch"}, {"activation", "tanh"}, {"dropout", 0.5}}) == plain);
  BOOST_TEST(of({{"widths", Json::array()}, {"embedding", 4}}) != plain);
  // No layer's output is as wide as its input: five values, 16, 8.
  BOOST_TEST(of({{"widths", {16, 8}}, {"residual", true}}) == of({{"widths", {16, 8}}}));
  BOOST_TEST(of({{"widths", {16, 16}}, {"residual", true}}) != of({{"widths", {16, 16}}}));
  // With an embedding of two numbers there are four values: the first layer has a shortcut.
  BOOST_TEST(of({{"widths", {4}}, {"embedding", 2}, {"residual", true}}) != of({{"widths", {4}}, {"embedding", 2}}));
  // Names say nothing of the network.
  BOOST_TEST(of({{"format", "flnas-mlp/1"}, {"widths", {16}}, {"name", "mine"}}) == of({{"widths", {16}}}));
  // A table of numbers alone has nothing to embed.
  const MlpSpace numbers(load_mlp_choices(), {.classes = 2, .size = 0, .columns = {0, 0}}, 64);
  BOOST_TEST(*numbers.parse({{"widths", {16}}, {"embedding", 4}}).candidate ==
             *numbers.parse({{"widths", {16}}}).candidate);
}

BOOST_AUTO_TEST_CASE(the_canonical_form_is_a_model_s_file) {
  const Json design = space.canonical(of({{"widths", {64, 32}}, {"norm", "layer"}, {"dropout", 0.1}}));
  const nn::Mlp mlp = nn::parse_mlp(design, "design");
  BOOST_TEST(mlp.widths == (std::vector<std::int64_t>{64, 32}), boost::test_tools::per_element());
  BOOST_TEST(mlp.norm == "layer");
  BOOST_TEST(nn::is_mlp(design));
  BOOST_TEST(!contains(space.text(of(design)), "format"));
}

BOOST_AUTO_TEST_CASE(everything_that_is_wrong_with_a_design_is_told_at_once) {
  BOOST_TEST(problems({{"norm", "batch"}}) == std::vector<std::string>{"no key 'widths'"},
             boost::test_tools::per_element());
  BOOST_TEST(problems(Json::array({1})).size() == 1u);
  const auto found = problems({{"widths", {16.5}}, {"activation", "swish"}, {"drop", 0.1}, {"residual", "yes"}});
  BOOST_TEST_REQUIRE(found.size() == 4u);
  BOOST_TEST(contains(found[0], "widths: expected integers, not [16.5]"));
  BOOST_TEST(contains(found[1], "unknown key 'drop'; did you mean 'dropout'?"));
  BOOST_TEST(contains(found[2], "key 'residual' cannot be \"yes\""));
  BOOST_TEST(contains(found[3], "activation must be one of relu, gelu, silu, tanh, not 'swish'"));
}

BOOST_AUTO_TEST_CASE(rules_name_choices_and_limits) {
  const auto broken = space.violations(of({{"widths", {16, 17}}, {"dropout", 0.4}}));
  BOOST_TEST_REQUIRE(broken.size() == 2u);
  BOOST_TEST(contains(broken[0], "widths[1]: 17 is not among the choices (4, 8, 12,"));
  BOOST_TEST(contains(broken[1], "dropout: 0.4 is not among the choices (0, 0.1, 0.2, 0.3, 0.5)"));
  Json json = load_mlp_choices().json;
  json["limits"] = {{"parameters", 100}};
  const MlpSpace small(parse_mlp_choices(json, "test"), kTable, 64);
  small.require_members();
  // (5 + 1) x 16 + (16 + 1) x 2
  BOOST_TEST(small.violations(*small.parse({{"widths", {16}}}).candidate) ==
                 std::vector<std::string>{"parameters: 130 exceed the limit of 100"},
             boost::test_tools::per_element());
  json["limits"] = {{"parameters", 3}};
  const MlpSpace none(parse_mlp_choices(json, "test"), kTable, 64);
  BOOST_TEST(contains(test::message_of<ConfigError>([&] { none.require_members(); }),
                      "none of 2000 random designs keeps the limits (3 parameters)"));
}

BOOST_AUTO_TEST_CASE(a_file_of_choices_is_checked_as_a_whole) {
  const auto message = [](const std::function<void(Json&)>& change) {
    Json json = load_mlp_choices().json;
    change(json);
    return test::message_of<ConfigError>([&] { parse_mlp_choices(json, "mine.json"); });
  };
  BOOST_TEST(contains(message([](Json& json) { json.erase("norm"), json["nrom"] = Json::array({"batch"}); }),
                      "no key 'norm'"));
  BOOST_TEST(contains(message([](Json& json) { json["nrom"] = Json::array({"batch"}); }), "did you mean 'norm'?"));
  BOOST_TEST(contains(message([](Json& json) { json["blocks"] = {{"from", 0}, {"to", 9}}; }), "0 to 8 hidden layers"));
  BOOST_TEST(
      contains(message([](Json& json) { json["activation"] = Json::array({"swish"}); }), "activation must be one of"));
  BOOST_TEST(
      contains(message([](Json& json) { json["width"] = Json::array({0}); }), "widths must be 1 to 1024, not 0"));
  BOOST_TEST(contains(message([](Json& json) { json["limits"] = {{"macs", -1}}; }), "macs: expected a number above 0"));
  BOOST_TEST(contains(test::message_of<ConfigError>([] { load_mlp_choices("none.json"); }), "none.json: no such file"));
}

BOOST_AUTO_TEST_CASE(images_are_refused) {
  BOOST_TEST(
      contains(test::message_of<ConfigError>([] { MlpSpace(load_mlp_choices(), {.classes = 2, .size = 64}, 8); }),
               "space mlp is for tables"));
}

BOOST_AUTO_TEST_CASE(costs_of_parts_add_up_by_hand) {
  // 2 numbers + embedding of 4; 64 with norm; 32 with norm; 2 classes.
  const nn::Mlp mlp{.widths = {64, 32}, .norm = "batch", .embedding = 4};
  const auto parts = mlp_parts(mlp, kTable);
  BOOST_TEST_REQUIRE(parts.size() == 4u);
  BOOST_TEST(parts[0].parameters == 3 * 4);
  BOOST_TEST(parts[1].parameters == 6 * 64 + 64 + 2 * 64);
  BOOST_TEST(parts[2].macs == 64 * 32);
  BOOST_TEST(parts[3].parameters == 32 * 2 + 2);
  const CostEstimate cost = mlp_cost(mlp, kTable, 10);
  BOOST_TEST(cost.macs == 6 * 64 + 64 * 32 + 32 * 2);
  BOOST_TEST(cost.parameters == 12 + 576 + (64 * 32 + 32 + 64) + 66);
  // Of each row 6 values, three steps of 64 and of 32, 2 logits; the gradient of 64.
  BOOST_TEST(cost.memory_bytes == 16 * cost.parameters + 4 * 10 * (6 + 3 * 64 + 3 * 32 + 2 + 64));
}

BOOST_AUTO_TEST_CASE(neighbours_are_one_edit_away_and_the_prior_keeps_to_its_part) {
  const Json design = space.canonical(of({{"widths", {64, 64}}, {"norm", "batch"}}));
  // Widths 48 and 96 for each layer; a layer less, one twice (the same for both); 2 norms, 3 activations, 4 rates of
  // dropout, residual, 5 embeddings.
  BOOST_TEST(space.neighbours(of(design)).size() == 4u + 2u + 2u + 3u + 4u + 1u + 5u);
  // From logistic regression a layer of any width; what has no effect there is no neighbour.
  BOOST_TEST(space.neighbours(of({{"widths", Json::array()}})).size() == 12u + 5u);
  Random random(1);
  std::set<std::size_t> depths;
  for (int i = 0; i < 200; ++i) {
    const Json drawn = sample_sensible(space.choices(), random);
    const auto widths = drawn["widths"].get<std::vector<int>>();
    depths.insert(widths.size());
    BOOST_TEST(std::is_sorted(widths.rbegin(), widths.rend()));
    BOOST_TEST(widths.back() >= 16);
    BOOST_TEST(drawn["activation"] != "tanh");
    BOOST_TEST(drawn["dropout"].get<double>() <= 0.2);
  }
  BOOST_TEST(depths == (std::set<std::size_t>{1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reply_may_think_aloud_and_conclude_at_the_end) {
  const Reading read = space.read(
      "First {\"widths\": [8]} came to mind. Better:\n```json\n{\"reasoning\": \"small\", \"architecture\": "
      "{\"widths\": [32, 16], \"norm\": \"batch\"}}\n```");
  BOOST_TEST_REQUIRE(read.candidate.has_value());
  BOOST_TEST(*read.candidate == of({{"widths", {32, 16}}, {"norm", "batch"}}));
  const Reading wrong = space.read("{\"layers\": [32]}");
  BOOST_TEST(wrong.readable);
  BOOST_TEST(contains(fmt::format("{}", fmt::join(wrong.problems, "; ")), "no key 'widths'"));
  BOOST_TEST(contains(space.read("I cannot.").problems[0], "write a JSON object with the key 'widths'"));
}

BOOST_AUTO_TEST_CASE(words_tell_of_rows_and_not_of_images) {
  BOOST_TEST(mlp_brief(space.canonical(of({{"widths", Json::array()}}))) == "logistic regression");
  const Json design = space.canonical(
      of({{"widths", {16, 16}}, {"norm", "batch"}, {"dropout", 0.1}, {"residual", true}, {"embedding", 4}}));
  BOOST_TEST(mlp_brief(design) == "16-16 batch relu dropout 0.1 residual embedding 4");
  // 2 numbers and 4 of the embedding; 6 x 16, 16 x 16 and 16 x 2 products.
  BOOST_TEST(mlp_parts_text(design, kTable) ==
             "encoder (3 to 6) 12 parameters, 0 (0 %); layer 1 (6 to 16) 144 parameters, 96 (25 %); layer 2 (16 to 16) "
             "304 parameters, 256 (67 %); output layer (16 to 2) 34 parameters, 32 (8 %)");
  const std::string told = space.describe();
  BOOST_TEST(contains(told, "rows of 2 numbers and 1 category"));
  BOOST_TEST(contains(told, "- activation: relu, gelu, silu, tanh"));
  BOOST_TEST(contains(told, "1,000,000 parameters"));
  for (const char* word : {"image", "pixel", "kernel", "convolution"}) BOOST_TEST(!contains(told, word), word);
}

BOOST_AUTO_TEST_SUITE_END()
