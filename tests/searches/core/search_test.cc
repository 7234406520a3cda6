#include "searches/core/search.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/files.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/fixture.h"
#include "tests/support/processor_time.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

struct Fixture {
  test::TemporaryFolder folder;
  CnnSpace space = cnn_space();
  FormulaEvaluator evaluator{space};
  SearchLimits limits{.budget = 3, .attempts = 3};

  SearchOutcome run(SearchStrategy& strategy, const std::string& file = "archive.jsonl") {
    Archive archive(folder / file);
    return run_search(strategy, space, evaluator, archive, limits);
  }
  History history(const std::string& file = "archive.jsonl") const { return read_history(folder / file); }
  ScriptedStrategy scripted(std::vector<Json> proposals) const { return {space, std::move(proposals)}; }
  StrategyContext context(std::uint64_t seed) const {
    return {.space = space,
            .evaluator = evaluator,
            .budget = 30,
            .seed = seed,
            .latency_limit_us = {},
            .llm = nullptr,
            .llm_settings = {},
            .question = {}};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search, Fixture)

BOOST_AUTO_TEST_CASE(only_distinct_valid_designs_count_for_the_budget) {
  ScriptedStrategy strategy =
      scripted(std::vector<Json>{design(16), design(16), Json(nullptr), design(24), design(7), design(32)});
  const SearchOutcome outcome = run(strategy);
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
  BOOST_TEST(strategy.asked == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(in_memory_free_repetitions_are_counted_as_on_the_disk_and_not_listed) {
  struct Free : ScriptedStrategy {
    using ScriptedStrategy::ScriptedStrategy;
    bool is_paid() const override { return false; }
  };
  const std::vector<Json> proposals = {design(16), design(16), design(24), design(16), design(7), design(32)};
  Free on_disk(space, proposals), in_memory(space, proposals);
  run(on_disk);
  Archive archive;
  run_search(in_memory, space, evaluator, archive, limits);
  const SearchCounts expected = count(history()), found = count(archive.history());
  BOOST_TEST(found.repeated == 2);
  BOOST_TEST(found.repeated == expected.repeated);
  BOOST_TEST(found.proposals == expected.proposals);
  BOOST_TEST(found.invalid == expected.invalid);
  BOOST_TEST(archive.history().proposals.size() == 4u);
  BOOST_TEST(in_memory.asked == on_disk.asked, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(candidates_that_a_strategy_passes_over_count_as_turns_with_repeated_proposals) {
  struct Free : ScriptedStrategy {
    using ScriptedStrategy::ScriptedStrategy;
    bool is_paid() const override { return false; }
  };
  struct PassingOver : Free {
    using Free::Free;
    std::vector<Proposal> ask(const Turn& turn) override {
      std::vector<Proposal> proposals = Free::ask(turn);
      int passed_over = 0;
      for (; turn.archive.has(*proposals.front().candidate); ++passed_over) proposals = Free::ask(turn);
      proposals.front().passed_over = passed_over;
      return proposals;
    }
  };
  const std::vector<Json> proposals = {design(16), design(16), design(16), design(24), design(16), design(32)};
  Free one_by_one(space, proposals);
  PassingOver passing_over(space, proposals);
  Archive expected, found;
  const SearchOutcome turns = run_search(one_by_one, space, evaluator, expected, limits);
  const SearchOutcome outcome = run_search(passing_over, space, evaluator, found, limits);
  BOOST_TEST(outcome.turns == turns.turns);
  BOOST_TEST(outcome.turns == 6);
  BOOST_TEST(count(found.history()).repeated == 3);
  BOOST_TEST(count(found.history()).proposals == count(expected.history()).proposals);
  BOOST_TEST(found.history().proposals.back().attempt == expected.history().proposals.back().attempt);
  BOOST_TEST(found.history().proposals.back().attempt == 2);
}

BOOST_AUTO_TEST_CASE(what_was_known_before_uses_up_no_budget) {
  std::set<Candidate> known;
  for (const int channels : {16, 24, 48}) known.insert(*space.parse(design(channels)).candidate);
  limits.is_known = [&](Candidate candidate) { return known.contains(candidate); };
  ScriptedStrategy strategy = scripted(
      {design(16), design(24), design(32), design(48), design(64), design(96), design(128), design(192), design(256)});
  const SearchOutcome outcome = run(strategy);
  BOOST_TEST(outcome.reason == "");
  BOOST_TEST(history().evaluations.size() == 6u);  // three that were known, and the budget's three
  BOOST_TEST(strategy.asked.back() == "6.1");
  limits.most = 5;  // members of the space
  ScriptedStrategy again = scripted({design(16), design(24), design(32), design(48), design(64), design(96)});
  BOOST_TEST(run(again, "whole.jsonl").reason == "");
  BOOST_TEST(history("whole.jsonl").evaluations.size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_designer_that_never_gives_a_valid_design_ends_the_search_with_the_reason) {
  ScriptedStrategy strategy = scripted(std::vector<Json>(20, design(7)));
  const SearchOutcome outcome = run(strategy);
  BOOST_TEST(contains(outcome.reason,
                      "3 rounds in a row without a new valid design, after 0 of 3 evaluations; the last one broke: "
                      "stages[0].channels: 7 is not among the choices"));
  BOOST_TEST(strategy.asked.size() == 9u);
  BOOST_TEST(count(history()).given_up == 3);
  ScriptedStrategy again = scripted(std::vector<Json>(20, design(7)));
  BOOST_TEST(contains(run(again).reason, "3 rounds in a row"));
  BOOST_TEST(count(history()).proposals == 9);
}

BOOST_AUTO_TEST_CASE(a_design_that_fails_to_train_is_recorded_and_counts) {
  evaluator.fail_at = 2;
  ScriptedStrategy strategy = scripted(std::vector<Json>{design(16), design(24), design(32)});
  run(strategy);
  BOOST_TEST(count(history()).untrainable == 1);
  BOOST_TEST(history().evaluations[1].reason == "the loss is not a number");
  BOOST_TEST(evaluator.calls == 3);
}

BOOST_AUTO_TEST_CASE(a_search_that_was_killed_evaluates_nothing_twice) {
  evaluator.throw_at = 2;
  const std::vector<Json> script = {design(16), design(7), design(24), design(32)};
  ScriptedStrategy first = scripted(script);
  BOOST_CHECK_THROW(run(first), IoError);
  BOOST_TEST(first.asked.size() == 3u);
  ScriptedStrategy second = scripted(script);
  run(second);
  BOOST_TEST(evaluator.calls == 2 + 2);
  BOOST_TEST(history().evaluations.size() == 3u);
  BOOST_TEST(history().evaluations[1].name == "d002");
  BOOST_TEST(history().proposals.size() == 4u);
  ScriptedStrategy third = scripted(script);
  run(third);
  BOOST_TEST(evaluator.calls == 4);
}

BOOST_AUTO_TEST_CASE(a_reply_that_was_paid_for_survives_the_next_call_s_failure) {
  ScriptedStrategy strategy = scripted(std::vector<Json>{design(7)});
  const SearchOutcome outcome = run(strategy);
  BOOST_TEST(outcome.reason == "no more answers");
  BOOST_CHECK_THROW(std::rethrow_exception(outcome.failure), RemoteError);
  BOOST_TEST(history().proposals.size() == 1u);
}

BOOST_AUTO_TEST_CASE(evolution_s_children_come_from_the_living_population) {
  limits.budget = 30;
  const auto evolution = make_evolution(context(2));
  run(*evolution);
  int children = 0;
  const History all = history();
  const int population = static_cast<int>(population_for(30, true));
  for (const auto& proposal : all.proposals) {
    if (proposal.strategy_state["parents"].empty()) continue;
    ++children;
    for (const auto& parent : proposal.strategy_state["parents"]) {
      int born = 0, now = 0;
      for (std::size_t i = 0; i < all.evaluations.size(); ++i) {
        if (all.evaluations[i].name == parent) born = static_cast<int>(i);
        if (all.evaluations[i].round < proposal.round) now = static_cast<int>(i) + 1;
      }
      BOOST_TEST(now - born <= population);
      BOOST_TEST(born < now);
    }
  }
  BOOST_TEST(children >= 20);
}

BOOST_AUTO_TEST_CASE(evolution_finds_fairer_designs_than_random_search_on_a_known_landscape) {
  // Fairness depends on the channels of the first stage alone: 64 values.
  limits.budget = 60;
  double random_sum = 0, evolution_sum = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const std::string name = std::to_string(seed);
    run(*make_random(context(seed)), "r" + name);
    run(*make_evolution(context(seed)), "e" + name);
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
  limits.budget = 20;
  ScriptedStrategy strategy = scripted([] {
    std::vector<Json> all;
    for (int i = 1; i <= 20; ++i) all.push_back(design(8 * i));
    return all;
  }());
  const double start = test::processor_seconds();
  const SearchOutcome outcome = run(strategy);
  const double seconds = test::processor_seconds() - start;
  // The script's answers say that they took 10 s, as those of a recording do: nobody waited for them now.
  BOOST_TEST(outcome.waiting_seconds < 1);
  BOOST_TEST(outcome.overhead_seconds >= 0);
  BOOST_TEST(seconds < 20 * 0.010);
}

BOOST_AUTO_TEST_SUITE_END()
