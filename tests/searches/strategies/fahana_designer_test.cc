#include "searches/strategies/fahana_designer.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/random.h"
#include "searches/core/search.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

struct Fixture {
  test::TemporaryFolder folder;
  Space space = load_space();
  Validator validator{space, {.classes = 2, .size = 64}, 8};
  TableEvaluator evaluator;

  std::vector<std::string> run(int iterations, const std::string& file) {
    FahanaDesigner designer(space, {}, 3);
    Archive archive(folder / file);
    run_search(designer, validator, evaluator, archive, {.iterations = iterations}, [](const Evaluation&) {});
    std::vector<std::string> hashes;
    for (const auto& evaluation : archive.history().evaluations) hashes.push_back(evaluation.hash);
    return hashes;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fahana, Fixture)

BOOST_AUTO_TEST_CASE(every_row_of_actions_is_a_member_of_the_space) {
  const FahanaDesigner designer(space, {}, 1);
  Random random(1);
  std::set<std::string> forms;
  for (int i = 0; i < 300; ++i) {
    std::vector<int> actions;
    for (const int options : designer.plan()) {
      actions.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(options))));
    }
    const Json design = canonical(nn::parse_architecture(designer.decode(actions), "test"));
    BOOST_TEST(outside_choices(design, space.choices).empty());
    for (const auto& stage : design["stages"]) forms.insert(stage["form"].get<std::string>());
  }
  BOOST_TEST(forms.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_mb_block_expands_four_times_and_then_is_separable) {
  const FahanaDesigner designer(space, {}, 1);
  std::vector<int> actions(designer.plan().size(), 0);  // two MB blocks of 8 channels with kernel 1
  const Json design = designer.decode(actions);
  BOOST_TEST_REQUIRE(design["stages"].size() == 4u);
  BOOST_TEST(design["stages"][0]["channels"] == 32);
  BOOST_TEST(design["stages"][0]["kernel"] == 1);
  BOOST_TEST(design["stages"][1]["form"] == "depthwise_separable");
  BOOST_TEST(design["stages"][1]["channels"] == 8);
}

BOOST_AUTO_TEST_CASE(a_frozen_head_begins_every_design) {
  const FahanaDesigner designer(space, {.frozen_head = 1}, 1);
  const std::vector<int> actions(designer.plan().size(), 0);
  BOOST_TEST(designer.decode(actions)["stages"][0] == canonical(space.basic)["stages"][0]);
  const auto message = test::message_of<ConfigError>([&] { FahanaDesigner(space, {.frozen_head = 3}, 1); });
  BOOST_TEST(contains(message, "--frozen-head must be 0 to 2, not 3"));
}

BOOST_AUTO_TEST_CASE(the_reward_adds_accuracy_and_subtracts_unfairness_and_lateness) {
  Evaluation evaluation = evaluated("d", 0.2, 0.9, 0.7, 1);
  BOOST_TEST(fahana_reward(evaluation, {}, {}) == 0.7 - 0.5 * 0.2, boost::test_tools::tolerance(1e-12));
  evaluation.cost.latency_us = 3000;
  BOOST_TEST(fahana_reward(evaluation, {}, {.latency_us = 2000}) == 0.7 - 0.5 * 0.2 - 0.5 * 0.5,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(fahana_reward(evaluation, {}, {.latency_us = 4000}) == 0.7 - 0.5 * 0.2,
             boost::test_tools::tolerance(1e-12));
  evaluation.status = kFailed;
  BOOST_TEST(fahana_reward(evaluation, {}, {}) == -1);
}

BOOST_AUTO_TEST_CASE(a_search_that_was_interrupted_goes_on_as_if_it_had_not_been) {
  const auto whole = run(12, "whole");
  run(5, "parts");
  BOOST_TEST(run(12, "parts") == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
