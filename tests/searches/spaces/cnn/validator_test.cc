#include "searches/spaces/cnn/validator.h"

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "searches/spaces/cnn/sample.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

Validator validator(std::int64_t size = 64) { return Validator(load_space(), {.classes = 2, .size = size}, 8); }

Json small() {
  return Json::parse(R"({"stages": [{"channels": 16, "pooling": "max"}, {"channels": 32, "pooling": "max"}]})");
}

History with(const Json& design) {
  History history;
  Proposal proposal{.round = 1, .attempt = 1, .verdict = kValid};
  proposal.design = canonical(nn::parse_architecture(design, "test"));
  proposal.hash = design_hash(proposal.design);
  Evaluation evaluation;
  evaluation.hash = proposal.hash;
  evaluation.name = "d001";
  history.proposals.push_back(proposal);
  history.evaluations.push_back(evaluation);
  return history;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(validator_rules)

BOOST_AUTO_TEST_CASE(a_member_that_fits_is_valid_and_comes_with_its_cost) {
  const Finding finding = validator().judge(small(), {});
  BOOST_TEST(finding.verdict == kValid);
  BOOST_TEST(finding.violations.empty());
  BOOST_TEST(finding.hash.size() == 12u);
  BOOST_TEST(finding.estimate.parameters == 16 * 28 + 32 * (16 * 9 + 1) + 2 * (32 * 16 * 16 + 1));
}

BOOST_AUTO_TEST_CASE(every_problem_of_the_schema_is_told) {
  const Finding finding = validator().judge(
      Json::parse(R"({"stages": [{"chanels": 16}, {"channels": "many", "norm": "bach"}], "hed": {}})"), {});
  BOOST_TEST(finding.verdict == kInvalid);
  BOOST_TEST(finding.design.is_null());
  BOOST_TEST(finding.violations.size() == 5u);
  BOOST_TEST(contains(finding.violations[0], "did you mean 'channels'"));
}

BOOST_AUTO_TEST_CASE(choices_shapes_and_limits_are_told_together) {
  Json design = small();
  for (auto& stage : design["stages"]) stage["channels"] = 500, stage["stride"] = 8;
  const Finding shrinks = validator(16).judge(design, {});
  BOOST_TEST(shrinks.violations.size() == 5u);
  BOOST_TEST(
      contains(shrinks.violations.back(), "shape: architecture: images of 16 px shrink to nothing in stages[1]"));

  Json large = small();
  large["stages"][0]["channels"] = 512, large["stages"][0]["kernel"] = 7, large["stages"][1]["channels"] = 512;
  large["stages"][1]["kernel"] = 7, large["stages"][1]["pooling"] = "none", large["head"]["hidden"] = {512};
  const Finding finding = validator(224).judge(large, {});
  BOOST_TEST_REQUIRE(finding.violations.size() == 3u);
  BOOST_TEST(contains(finding.violations[0], "parameters: 3,"));
  BOOST_TEST(contains(finding.violations[1], "macs: "));
  BOOST_TEST(contains(finding.violations[2], "memory_bytes: "));
}

BOOST_AUTO_TEST_CASE(a_limit_may_be_met_but_not_passed) {
  Space space = load_space();
  const nn::ModelOptions options{.classes = 2, .size = 64};
  const std::int64_t parameters = Validator(space, options, 8).judge(small(), {}).estimate.parameters;
  space.choices.limits.parameters = parameters;
  BOOST_TEST(Validator(space, options, 8).judge(small(), {}).verdict == searches::kValid);
  space.choices.limits.parameters = parameters - 1;
  BOOST_TEST(Validator(space, options, 8).judge(small(), {}).verdict == kInvalid);
}

BOOST_AUTO_TEST_CASE(an_evaluated_design_is_repeated_whatever_it_calls_itself) {
  Json again = small();
  again["name"] = "new", again["stages"][0]["kernel"] = 3;
  const Finding finding = validator().judge(again, with(small()));
  BOOST_TEST(finding.verdict == kRepeated);
  BOOST_TEST(finding.violations.front() == "duplicate: the same design as d001");
  again["stages"][0]["channels"] = 24;
  BOOST_TEST(validator().judge(again, with(small())).verdict == kValid);
}

BOOST_AUTO_TEST_CASE(a_design_of_any_size_is_judged_in_under_a_millisecond) {
  Json huge = {{"stages", Json::array()}};
  for (int i = 0; i < 64; ++i) huge["stages"].push_back({{"channels", 4096}, {"kernel", 15}, {"padding", 7}});
  huge["head"] = {{"hidden", {65536, 65536}}};
  Random random(1);
  const Json usual = sample(load_space().choices, random);
  const Validator rules = validator(224);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) BOOST_TEST(rules.judge(huge, {}).verdict == kInvalid);
  for (int i = 0; i < 100; ++i) rules.judge(usual, {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  BOOST_TEST(seconds < 0.12 * 5);  // a machine may be busy
}

BOOST_AUTO_TEST_CASE(limits_that_no_design_meets_are_refused_by_name) {
  validator(16).require_members();
  Json choices = load_space().choices.json;
  choices["limits"]["parameters"] = 10;
  Space space = load_space();
  space.choices = parse_choices(choices, "test");
  const std::string message =
      test::message_of<ConfigError>([&] { Validator(space, {.classes = 2, .size = 64}, 8).require_members(); });
  BOOST_TEST(contains(message, "the rule 'parameters' was broken"));
}

BOOST_AUTO_TEST_SUITE_END()
