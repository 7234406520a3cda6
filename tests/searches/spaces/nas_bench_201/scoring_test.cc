#include "searches/spaces/nas_bench_201/scoring.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "tests/datasets/nas/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;
using flnas::test::message_of;

namespace {

/// Five candidates; the final accuracies turn what the search sees around in one place.
struct FiveCells : test::MadeUpCells {
  std::vector<double> test = std::vector<double>(kNasCells, 50);
  std::vector<Candidate> five;

  FiveCells() {
    five.assign(problem.candidates.begin(), problem.candidates.begin() + 5);
    problem.candidates = five;
    const double costs[] = {1, 2, 3, 5, 5}, accuracies[] = {50, 80, 60, 90, 70};
    for (std::size_t i = 0; i < 5; ++i) {
      cost[five[i]] = costs[i];
      test[five[i]] = accuracies[i];
      problem.accuracy[five[i]] = accuracies[i] / 2;
    }
  }
  Scorer scorer() const {
    return {problem, {.dataset = "toy", .epochs = 200, .test = test}, problem.cost, {}, problem.accuracy, six};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(scoring, FiveCells, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(the_true_front_is_scaled_by_the_candidates_bounds) {
  const NasPair pair = scorer().describe();
  // (1, 50), (2, 80) and (5, 90) by cost and test accuracy; scaled (0, 1), (1/4, 1/4), (1, 0).
  BOOST_TEST_REQUIRE(pair.true_front.size() == 3u);
  BOOST_TEST(pair.true_front[0].cell == five[0]);
  BOOST_TEST(pair.true_front[1].accuracy == 80);
  BOOST_TEST(pair.true_front[2].latency_ms == 5);
  BOOST_TEST(!pair.true_front[0].energy_mj);
  BOOST_TEST(pair.low == (std::vector<double>{1, 10}), boost::test_tools::per_element());
  BOOST_TEST(pair.high == (std::vector<double>{5, 50}), boost::test_tools::per_element());
  BOOST_TEST(pair.true_hypervolume == 9.0 / 16);  // only (1/4, 1/4) is better than (1, 1) in both
  BOOST_TEST(pair.candidates == 5);
}

BOOST_AUTO_TEST_CASE(a_search_is_scored_by_final_accuracies_of_the_front_that_it_chose_itself) {
  SearchTrace trace;
  trace.order = {five[2], five[1]};
  // As the search saw it, the second is worse in both objectives.
  trace.objectives = {{3, 10}, {4, 20}};
  NasSearchResult result;
  scorer().score(trace, 2, result);
  BOOST_TEST(result.front == (std::vector<std::int64_t>{five[2]}), boost::test_tools::per_element());
  BOOST_TEST(*result.hypervolume == 0.5 * 0.25);  // (1/2, 3/4)
  BOOST_TEST(*result.hypervolume_share == 0.125 / (9.0 / 16));
  const double to_first = std::sqrt(0.25 + 1.0 / 16), to_second = std::sqrt(1.0 / 16 + 0.25),
               to_third = std::sqrt(0.25 + 9.0 / 16);
  BOOST_TEST(*result.igd == (to_first + to_second + to_third) / 3);
  BOOST_TEST(result.curve.evaluations == (std::vector<std::int64_t>{1, 2}), boost::test_tools::per_element());
  std::int64_t evaluated = 0, of_front = 0, tenths = 0;
  for (const auto count : result.coverage.niche_evaluated) evaluated += count;
  for (const auto count : result.coverage.niche_front) of_front += count;
  for (const auto count : result.coverage.cost_evaluated) tenths += count;
  BOOST_TEST(evaluated == 2);
  BOOST_TEST(of_front == 1);
  BOOST_TEST(tenths == 2);
}

BOOST_AUTO_TEST_CASE(evaluating_everything_with_true_accuracies_finds_the_true_front) {
  SearchTrace trace;
  for (const Candidate candidate : five) {
    trace.order.push_back(candidate);
    trace.objectives.push_back({cost[candidate], 100 - test[candidate]});
  }
  NasSearchResult result;
  scorer().score(trace, 5, result);
  BOOST_TEST(*result.hypervolume_share == 1.0);
  BOOST_TEST(*result.igd == 0.0);
}

BOOST_AUTO_TEST_CASE(a_search_that_evaluated_nothing_has_no_figures) {
  NasSearchResult result;
  scorer().score({}, 5, result);
  BOOST_TEST(!result.hypervolume.has_value());
  BOOST_TEST(!result.igd.has_value());
}

BOOST_AUTO_TEST_CASE(a_predictor_ranks_cells_that_it_was_not_trained_on,
                     *boost::unit_test::precondition(test::has_published_nas_tables())) {
  const test::TemporaryFolder folder;
  const NasTable table = NasTable::open(test::published_nas_tables(), folder / "cache");
  const auto candidates = connected_cells(table);
  for (const auto& dataset : table.datasets()) {
    const NasSearchView view = table.search_view(dataset);
    const auto predicted = predict_accuracy(view, candidates, 200, 1);
    const NasPredictor scored = score_predictor(predicted, view, table.scores(dataset), candidates, 1);
    BOOST_TEST_MESSAGE(dataset << ": Spearman " << scored.spearman.value() << ", with the 13 "
                               << scored.spearman_zc13.value() << ", without " << scored.spearman_other.value()
                               << ", test " << scored.spearman_test.value() << ", " << scored.seconds << " s");
    BOOST_TEST(scored.trained_on == 200);
    BOOST_TEST(scored.features.size() == (dataset == "cifar100" ? 6u : dataset == "cifar10" ? 19u : 18u));
    BOOST_TEST(*scored.spearman > 0.7);
  }
  BOOST_TEST(contains(message_of<ConfigError>([&] {
                        predict_accuracy(table.search_view("cifar10"), {1, 2, 3}, 5, 1);
                      }),
                      "--predictor-cells 5"));
}

BOOST_AUTO_TEST_SUITE_END()
