#include "searches/core/search.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/files.h"
#include "searches/strategies/evolution_designer.h"
#include "searches/strategies/random_designer.h"
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
  SearchConfig config{.iterations = 3, .attempts = 3};

  SearchOutcome run(Designer& designer, const std::string& file = "archive.jsonl") {
    Archive archive(folder / file);
    return run_search(designer, validator, evaluator, archive, config, [](const Evaluation&) {});
  }
  History history(const std::string& file = "archive.jsonl") const { return Archive(folder / file).history(); }

  EvolutionDesigner evolution(std::uint64_t seed) const {
    return {space.choices, {.population = 6, .tournament = 3}, BestRule::for_classes(2), seed};
  }
  double best_unfairness(const std::string& file) const {
    const auto all = history(file).evaluations;
    return *get_best(usable(all), BestRule::for_classes(2)).evaluation->scores.unfairness_sum;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search, Fixture)

BOOST_AUTO_TEST_CASE(only_distinct_valid_designs_count_for_the_budget) {
  ScriptedDesigner designer(
      std::vector<Json>{design(16), design(16), Json(nullptr), design(24), design(7), design(32)});
  const SearchOutcome outcome = run(designer);
  BOOST_TEST(outcome.reason == "");
  const SearchCounts counts = count(history());
  BOOST_TEST(counts.evaluated == 3);
  BOOST_TEST(counts.proposals == 6);
  BOOST_TEST(counts.repeated == 1);
  BOOST_TEST(counts.unreadable == 1);
  BOOST_TEST(counts.invalid == 1);
  BOOST_TEST(counts.retries == 3);
  BOOST_TEST(counts.rounds == 3);
  BOOST_TEST(evaluator.calls == 3);
  const std::vector<std::string> expected = {"1.1", "2.1", "2.2", "2.3", "3.1", "3.2"};
  BOOST_TEST(designer.asked == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_designer_that_never_gives_a_valid_design_ends_the_search_with_the_reason) {
  ScriptedDesigner designer(std::vector<Json>(20, design(7)));
  const SearchOutcome outcome = run(designer);
  BOOST_TEST(contains(outcome.reason,
                      "3 rounds in a row without a valid design; the last one broke: "
                      "stages[0].channels: 7 is not among the choices"));
  BOOST_TEST(designer.asked.size() == 9u);
  BOOST_TEST(count(history()).given_up == 3);
  BOOST_TEST(contains(run(designer).reason, "3 rounds in a row"));
  BOOST_TEST(designer.asked.size() == 9u);
}

BOOST_AUTO_TEST_CASE(a_design_that_fails_to_train_is_recorded_and_counts) {
  evaluator.fail_at = 2;
  ScriptedDesigner designer(std::vector<Json>{design(16), design(24), design(32)});
  run(designer);
  BOOST_TEST(count(history()).untrainable == 1);
  BOOST_TEST(history().evaluations[1].reason == "the loss is not a number");
  BOOST_TEST(evaluator.calls == 3);
}

BOOST_AUTO_TEST_CASE(a_search_that_was_killed_asks_and_trains_nothing_twice) {
  evaluator.throw_at = 2;
  ScriptedDesigner first(std::vector<Json>{design(16), design(7), design(24), design(32)});
  BOOST_CHECK_THROW(run(first), IoError);
  BOOST_TEST(first.asked.size() == 3u);
  ScriptedDesigner second(std::vector<Json>{Json(), Json(), Json(), design(32)});
  run(second);
  BOOST_TEST(second.asked == std::vector<std::string>{"3.1"}, boost::test_tools::per_element());
  BOOST_TEST(evaluator.calls == 2 + 2);
  BOOST_TEST(history().evaluations.size() == 3u);
  BOOST_TEST(history().evaluations[1].name == "d002");
  run(second);
  BOOST_TEST(evaluator.calls == 4);
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_paid_for_survives_the_next_call_s_failure) {
  ScriptedDesigner designer(std::vector<Json>{design(7)});
  const SearchOutcome outcome = run(designer);
  BOOST_TEST(outcome.reason == "no more answers");
  BOOST_CHECK_THROW(std::rethrow_exception(outcome.failure), RemoteError);
  BOOST_TEST(history().proposals.size() == 1u);
  ScriptedDesigner again(std::vector<Json>{Json(), design(16), design(24), design(32)});
  run(again);
  BOOST_TEST(again.asked.front() == "1.2");
}

BOOST_AUTO_TEST_CASE(random_and_evolution_are_functions_of_their_seed_and_the_history) {
  config.iterations = 12;
  RandomDesigner random(space.choices, 1);
  EvolutionDesigner evolved = evolution(1);
  run(random, "random-a");
  run(evolved, "evolution-a");
  for (int iterations : {5, 12}) {
    config.iterations = iterations;
    RandomDesigner other(space.choices, 1);
    EvolutionDesigner other_evolved = evolution(1);
    run(other, "random-b");
    run(other_evolved, "evolution-b");
  }
  const auto hashes = [&](const std::string& file) {
    std::vector<std::string> found;
    for (const auto& e : history(file).evaluations) found.push_back(e.hash);
    return found;
  };
  BOOST_TEST(hashes("random-a") == hashes("random-b"), boost::test_tools::per_element());
  BOOST_TEST(hashes("evolution-a") == hashes("evolution-b"), boost::test_tools::per_element());
  BOOST_TEST((hashes("random-a") != hashes("evolution-a")));
}

BOOST_AUTO_TEST_CASE(evolution_s_children_come_from_the_living_population) {
  config.iterations = 30;
  EvolutionDesigner evolved = evolution(2);
  run(evolved);
  int children = 0;
  const History all = history();
  for (const auto& proposal : all.proposals) {
    if (proposal.memo["parents"].empty()) continue;
    ++children;
    for (const auto& parent : proposal.memo["parents"]) {
      int born = 0, now = 0;
      for (std::size_t i = 0; i < all.evaluations.size(); ++i) {
        if (all.evaluations[i].name == parent) born = static_cast<int>(i);
        if (all.evaluations[i].round < proposal.round) now = static_cast<int>(i) + 1;
      }
      BOOST_TEST(now - born <= 6);
      BOOST_TEST(born < now);
    }
  }
  BOOST_TEST(children >= 24);
}

BOOST_AUTO_TEST_CASE(evolution_finds_fairer_designs_than_random_search_on_a_known_landscape) {
  // Fairness depends on the channels of the first stage alone: 64 values.
  config.iterations = 60;
  double random_sum = 0, evolution_sum = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    RandomDesigner random(space.choices, seed);
    EvolutionDesigner evolved = evolution(seed);
    const std::string name = std::to_string(seed);
    run(random, "r" + name);
    run(evolved, "e" + name);
    const auto mean_of_last = [&](const std::string& file) {
      const auto all = history(file).evaluations;
      double sum = 0;
      for (std::size_t i = all.size() - 20; i < all.size(); ++i) sum += *all[i].scores.unfairness_sum / 20;
      return sum;
    };
    random_sum += mean_of_last("r" + name);
    evolution_sum += mean_of_last("e" + name);
  }
  BOOST_TEST(evolution_sum < 0.6 * random_sum);
}

BOOST_AUTO_TEST_CASE(the_loop_takes_little_time_of_its_own) {
  config.iterations = 20;
  ScriptedDesigner designer([] {
    std::vector<Json> all;
    for (int i = 1; i <= 20; ++i) all.push_back(design(8 * i));
    return all;
  }());
  const SearchOutcome outcome = run(designer);
  // The script's answers say that they took 10 s, as those of a recording do: nobody waited for them now.
  BOOST_TEST(outcome.waiting_seconds < 1);
  BOOST_TEST(outcome.overhead_seconds >= 0);
  BOOST_TEST(outcome.overhead_seconds + outcome.waiting_seconds < 20 * 0.010 * 3);  // a machine may be busy
}

BOOST_AUTO_TEST_SUITE_END()
