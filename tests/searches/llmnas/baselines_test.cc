#include "searches/llmnas/baselines.h"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "searches/llmnas/front.h"
#include "tests/searches/llmnas/fixture.h"

using namespace flnas;
using namespace flnas::searches::llmnas;

namespace {

using Search = std::function<void(Space&, EvaluationLog&, Random&)>;

const std::vector<std::pair<const char*, Search>> kSearches = {
    {"random", [](Space& space, EvaluationLog& log, Random& random) { random_search(space, log, random); }},
    {"evolution", [](Space& space, EvaluationLog& log, Random& random) { regularised_evolution(space, log, random); }},
    {"nsga2", [](Space& space, EvaluationLog& log, Random& random) { nsga2(space, log, random); }},
    {"local", [](Space& space, EvaluationLog& log, Random& random) { local_search(space, log, random); }}};

double hypervolume(const EvaluationLog& log) {
  std::vector<metrics::Point> points;
  for (const Candidate candidate : log.order()) points.push_back(log.at(candidate));
  return metrics::hypervolume(points, {31, 60});
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(baselines, test::MadeUpCells)

BOOST_AUTO_TEST_CASE(each_spends_its_budget_on_distinct_legal_cells_and_repeats_itself_by_its_seed) {
  for (const auto& [name, search] : kSearches) {
    BOOST_TEST_CONTEXT(name) {
      CellSpace space(problem, one);
      EvaluationLog log(space, 400), again(space, 400), other(space, 400);
      Random first(1), same(1), second(2);
      search(space, log, first), search(space, again, same), search(space, other, second);
      BOOST_TEST(log.order().size() == 400u);
      BOOST_TEST(std::set(log.order().begin(), log.order().end()).size() == 400u);
      for (const Candidate candidate : log.order()) BOOST_TEST(space.violation(candidate) == "");
      BOOST_TEST(log.order() == again.order(), boost::test_tools::per_element());
      BOOST_TEST((log.order() != other.order()));
      BOOST_TEST(log.proposals() == 400 + log.repeated() + log.invalid());
    }
  }
}

BOOST_AUTO_TEST_CASE(those_that_learn_find_better_fronts_than_random_search) {
  std::vector<double> found;
  for (const auto& [name, search] : kSearches) {
    double mean = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      CellSpace space(problem, one);
      EvaluationLog log(space, 400);
      Random random(seed);
      search(space, log, random);
      mean += hypervolume(log) / 5;
    }
    found.push_back(mean);
  }
  for (std::size_t i = 1; i < found.size(); ++i) BOOST_TEST(found[i] > found[0], kSearches[i].first);
}

BOOST_AUTO_TEST_CASE(populations_follow_the_budget_so_that_most_candidates_are_children) {
  BOOST_TEST(EvolutionSettings::for_budget(6000).population == 50u);
  BOOST_TEST(EvolutionSettings::for_budget(120).population == 20u);
  BOOST_TEST(EvolutionSettings::for_budget(120).tournament == 4u);
  BOOST_TEST(Nsga2Settings::for_budget(30).population == 10u);
}

BOOST_AUTO_TEST_CASE(a_budget_of_the_whole_space_ends) {
  // 40 candidates are left legal.
  for (std::size_t i = 40; i < problem.candidates.size(); ++i) problem.legal[problem.candidates[i]] = false;
  problem.candidates.resize(40);
  for (const auto& [name, search] : kSearches) {
    BOOST_TEST_CONTEXT(name) {
      CellSpace space(problem, one);
      EvaluationLog log(space, 100);
      Random random(1);
      search(space, log, random);
      BOOST_TEST(log.order().size() == 40u);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
