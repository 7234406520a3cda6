#include "searches/spaces/cnn/cnn_space.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "searches/spaces/cnn/designs/sample.h"
#include "tests/searches/fixture.h"
#include "tests/support/processor_time.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

Json small() {
  return Json::parse(R"({"stages": [{"channels": 16, "pooling": "max"}, {"channels": 32, "pooling": "max"}]})");
}

std::vector<std::string> violations(const SearchSpace& space, const Json& design) {
  const Reading reading = space.parse(design);
  return reading.candidate ? space.violations(*reading.candidate) : reading.problems;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cnn_space)

BOOST_AUTO_TEST_CASE(a_member_that_fits_is_valid_and_comes_with_its_cost) {
  const CnnSpace space = tests::cnn_space();
  const Candidate candidate = *space.parse(small()).candidate;
  BOOST_TEST(space.violations(candidate).empty());
  BOOST_TEST(space.hash(candidate).size() == 12u);
  BOOST_TEST(space.hash(candidate) == architecture_hash(space.canonical(candidate)));
  BOOST_TEST(space.cost(candidate).parameters == 16 * 28 + 32 * (16 * 9 + 1) + 2 * (32 * 16 * 16 + 1));
}

BOOST_AUTO_TEST_CASE(every_problem_of_the_schema_is_told) {
  const CnnSpace space = tests::cnn_space();
  const Reading reading =
      space.parse(Json::parse(R"({"stages": [{"chanels": 16}, {"channels": "many", "norm": "bach"}], "hed": {}})"));
  BOOST_TEST(!reading.candidate.has_value());
  BOOST_TEST(reading.readable);
  BOOST_TEST(reading.problems.size() == 5u);
  BOOST_TEST(contains(reading.problems[0], "did you mean 'channels'"));
}

BOOST_AUTO_TEST_CASE(choices_shapes_and_limits_are_told_together) {
  Json design = small();
  for (auto& stage : design["stages"]) stage["channels"] = 500, stage["stride"] = 8;
  const auto shrinks = violations(tests::cnn_space(16), design);
  BOOST_TEST(shrinks.size() == 5u);
  BOOST_TEST(contains(shrinks.back(), "shape: architecture: images of 16 px shrink to nothing in stages[1]"));

  Json large = small();
  large["stages"][0]["channels"] = 512, large["stages"][0]["kernel"] = 7, large["stages"][1]["channels"] = 512;
  large["stages"][1]["kernel"] = 7, large["stages"][1]["pooling"] = "none", large["head"]["hidden"] = {512};
  const auto broken = violations(tests::cnn_space(224), large);
  BOOST_TEST_REQUIRE(broken.size() == 3u);
  BOOST_TEST(contains(broken[0], "parameters: 3,"));
  BOOST_TEST(contains(broken[1], "macs: "));
  BOOST_TEST(contains(broken[2], "memory_bytes: "));
}

BOOST_AUTO_TEST_CASE(a_limit_may_be_met_but_not_passed) {
  CnnDefinition definition = load_cnn();
  const nn::ModelOptions options{.classes = 2, .size = 64};
  const CnnSpace plain(definition, options, 8);
  definition.choices.limits.parameters = plain.cost(*plain.parse(small()).candidate).parameters;
  BOOST_TEST(violations(CnnSpace(definition, options, 8), small()).empty());
  *definition.choices.limits.parameters -= 1;
  BOOST_TEST(!violations(CnnSpace(definition, options, 8), small()).empty());
}

BOOST_AUTO_TEST_CASE(a_design_is_the_same_one_whatever_it_calls_itself) {
  const CnnSpace space = tests::cnn_space();
  Json again = small();
  again["name"] = "new", again["stages"][0]["kernel"] = 3;
  BOOST_TEST(*space.parse(again).candidate == *space.parse(small()).candidate);
  again["stages"][0]["channels"] = 24;
  BOOST_TEST(*space.parse(again).candidate != *space.parse(small()).candidate);
}

BOOST_AUTO_TEST_CASE(a_design_of_any_size_is_judged_in_under_a_millisecond) {
  Json huge = {{"stages", Json::array()}};
  for (int i = 0; i < 64; ++i) huge["stages"].push_back({{"channels", 4096}, {"kernel", 15}, {"padding", 7}});
  huge["head"] = {{"hidden", {65536, 65536}}};
  Random random(1);
  const Json usual = sample(load_cnn().choices, random);
  const CnnSpace space = tests::cnn_space(224);
  const double start = test::processor_seconds();
  for (int i = 0; i < 20; ++i) BOOST_TEST(!violations(space, huge).empty());
  for (int i = 0; i < 100; ++i) violations(space, usual);
  BOOST_TEST(test::processor_seconds() - start < 0.12 * 3);  // a machine may be slow
}

BOOST_AUTO_TEST_CASE(limits_that_no_design_meets_are_refused_by_name) {
  tests::cnn_space(16).require_members();
  CnnDefinition definition = load_cnn();
  definition.choices.limits.parameters = 10;
  const std::string message =
      test::message_of<ConfigError>([&] { CnnSpace(definition, {.classes = 2, .size = 64}, 8).require_members(); });
  BOOST_TEST(contains(message, "the rule 'parameters' was broken"));
}

BOOST_AUTO_TEST_CASE(niches_by_multiply_accumulates_are_about_equally_full) {
  const CnnSpace space = tests::cnn_space(64, 4);
  BOOST_TEST(space.niches() == 4);
  Random random(2);
  for (int niche = 0; niche < 4; ++niche) {
    const auto candidate = space.sample(niche, random);
    BOOST_TEST_REQUIRE(candidate.has_value());
    BOOST_TEST(space.niche_of(*candidate) == niche);
    BOOST_TEST(space.is_valid(*candidate));
  }
  const auto message = test::message_of<ConfigError>([] { tests::cnn_space(64, 21); });
  BOOST_TEST(contains(message, "from 1 to 20 niches"));
}

BOOST_AUTO_TEST_CASE(every_row_of_actions_is_a_member_and_a_frozen_head_begins_it) {
  const CnnSpace space = tests::cnn_space(64, 1, 1);
  const TokenSequence tokens = *space.tokens();
  Random random(1);
  const Json first = canonical(space.definition().basic)["stages"][0];
  std::set<std::string> forms;
  for (int i = 0; i < 300; ++i) {
    std::vector<int> actions;
    for (const int options : tokens.options) {
      actions.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(options))));
    }
    const Json design = space.canonical(*tokens.decode(actions).candidate);
    BOOST_TEST(outside_choices(design, space.definition().choices).empty());
    BOOST_TEST(design["stages"][0] == first);
    for (const auto& stage : design["stages"]) forms.insert(stage["form"].get<std::string>());
  }
  BOOST_TEST(forms.size() == 3u);
  const auto message = test::message_of<ConfigError>([] { tests::cnn_space(64, 1, 3); });
  BOOST_TEST(contains(message, "--frozen-head must be 0 to 2, not 3"));
}

BOOST_AUTO_TEST_CASE(an_mb_block_expands_four_times_and_then_is_separable) {
  const CnnSpace space = tests::cnn_space();
  const TokenSequence tokens = *space.tokens();
  const std::vector<int> actions(tokens.options.size(), 0);  // two MB blocks of 8 channels with kernel 1
  const Json design = space.canonical(*tokens.decode(actions).candidate);
  BOOST_TEST_REQUIRE(design["stages"].size() == 4u);
  BOOST_TEST(design["stages"][0]["channels"] == 32);
  BOOST_TEST(design["stages"][0]["kernel"] == 1);
  BOOST_TEST(design["stages"][1]["form"] == "depthwise_separable");
  BOOST_TEST(design["stages"][1]["channels"] == 8);
}

BOOST_AUTO_TEST_SUITE_END()
