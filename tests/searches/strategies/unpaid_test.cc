// The strategies without a language model, on made-up cells.
#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/metrics/pareto.h"
#include "searches/core/search.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

const std::vector<std::string> kNames = {"random", "evolution", "nsga2", "local", "llmnas"};

struct Fixture : test::MadeUpCells {
  Archive search(const std::string& name, std::uint64_t seed, std::size_t budget, const Partition& partition) const {
    const CellSpace space(problem, partition);
    TableEvaluator evaluator(problem);
    Archive archive;
    const auto strategy = make_strategy(name, {.space = space,
                                               .evaluator = evaluator,
                                               .budget = budget,
                                               .seed = seed,
                                               .latency_limit_us = {},
                                               .llm = nullptr,
                                               .llm_settings = {},
                                               .question = {}});
    run_search(*strategy, space, evaluator, archive, {.budget = budget});
    return archive;
  }
  Archive search(const std::string& name, std::uint64_t seed, std::size_t budget) const {
    return search(name, seed, budget, name == "llmnas" ? six : one);
  }
};

std::vector<Candidate> order_of(const Archive& archive) {
  std::vector<Candidate> order;
  for (const Evaluation& evaluation : archive.evaluations()) order.push_back(evaluation.candidate);
  return order;
}

double hypervolume(const Archive& archive) {
  std::vector<metrics::Point> points;
  for (const Evaluation& evaluation : archive.evaluations()) points.push_back(evaluation.objectives);
  return metrics::hypervolume(points, {31, 60});
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(unpaid_strategies, Fixture)

BOOST_AUTO_TEST_CASE(each_spends_its_budget_on_distinct_legal_cells_and_repeats_itself_by_its_seed) {
  for (const auto& name : kNames) {
    BOOST_TEST_CONTEXT(name) {
      const auto order = order_of(search(name, 1, 400));
      BOOST_TEST(order.size() == 400u);
      BOOST_TEST(std::set(order.begin(), order.end()).size() == 400u);
      for (const Candidate candidate : order) BOOST_TEST_REQUIRE(problem.legal[candidate]);
      BOOST_TEST((order == order_of(search(name, 1, 400))));
      BOOST_TEST((order != order_of(search(name, 2, 400))));
    }
  }
}

BOOST_AUTO_TEST_CASE(those_that_learn_find_better_fronts_than_random_search) {
  std::vector<double> found;
  for (const auto& name : kNames) {
    double mean = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) mean += hypervolume(search(name, seed, 400)) / 5;
    found.push_back(mean);
  }
  for (std::size_t i = 1; i < found.size(); ++i) BOOST_TEST(found[i] > found[0], kNames[i]);
}

BOOST_AUTO_TEST_CASE(populations_follow_the_budget_so_that_most_candidates_are_children) {
  BOOST_TEST(population_for(6000, false) == 50u);
  BOOST_TEST(population_for(120, false) == 20u);
  BOOST_TEST(tournament_for(20, false) == 4u);
  BOOST_TEST(population_for(30, false) == 10u);
  BOOST_TEST(population_for(30, true) == 7u);
}

BOOST_AUTO_TEST_CASE(a_budget_of_the_whole_space_ends) {
  // 40 candidates are left legal.
  for (std::size_t i = 40; i < problem.candidates.size(); ++i) problem.legal[problem.candidates[i]] = false;
  problem.candidates.resize(40);
  for (const auto& name : kNames) {
    BOOST_TEST(search(name, 1, 100).evaluations().size() == 40u, name);
  }
}

BOOST_AUTO_TEST_CASE(every_niche_gets_its_share_and_an_exhausted_one_leaves_it_to_the_others) {
  const auto per_niche = [&] {
    std::vector<std::size_t> counts(6, 0);
    for (const Candidate candidate : order_of(search("llmnas", 1, 330))) {
      ++counts[static_cast<std::size_t>(six.niche_of[candidate])];
    }
    return counts;
  };
  for (const std::size_t count : per_niche()) BOOST_TEST(count == 55u);
  // Of the last niche (four 3x3 convolutions or more) three cells are left.
  std::size_t kept = 0;
  std::erase_if(problem.candidates, [&](Candidate candidate) {
    const bool gone = six.niche_of[candidate] == 5 && ++kept > 3;
    if (gone) problem.legal[candidate] = false;
    return gone;
  });
  const auto counts = per_niche();
  BOOST_TEST(counts[5] == 3u);
  BOOST_TEST(counts[0] + counts[1] + counts[2] + counts[3] + counts[4] == 327u);
}

BOOST_AUTO_TEST_SUITE_END()
