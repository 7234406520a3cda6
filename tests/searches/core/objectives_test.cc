#include "searches/core/objectives.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/metrics/metric_table.h"
#include "harness/records/design_figures.h"
#include "searches/core/designs_csv.h"
#include "searches/core/summary.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;
namespace tt = boost::test_tools;

/// With an AUROC and its standard error, as the evaluator by training leaves them of a search that goes by AUROC.
Evaluation ranked(const std::string& name, double auroc, std::int64_t macs, double error = 0.01) {
  Evaluation evaluation = evaluated(name, 0.2, 0.8, 0.7, macs);
  evaluation.scores.balanced_accuracy_se = 0.02;
  evaluation.scores.unfairness_se = 0.05;
  evaluation.scores.further = std::vector<MetricScore>{{.name = "auroc", .value = auroc, .standard_error = error}};
  return evaluation;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(objectives)

BOOST_AUTO_TEST_CASE(every_single_metric_of_the_table_may_be_an_objective_and_no_other) {
  const Objectives possible = possible_objectives();
  const auto has = [&](const char* name) { return std::ranges::find(possible, name) != possible.end(); };
  for (const char* name : {"unfairness_sum", "auroc", "ece", "worst_group", "latency", "energy", "macs"}) {
    BOOST_TEST(has(name), name);
  }
  for (const char* name : {"recall", "standardised_gap", "sum_abs_dtpr"}) BOOST_TEST(!has(name), name);
  BOOST_CHECK_NO_THROW(require_objectives(possible));
  BOOST_CHECK_EXCEPTION(require_objectives({"aurok"}), ConfigError,
                        [](const Error& e) { return contains(e.what(), "did you mean 'auroc'?"); });
  BOOST_CHECK_EXCEPTION(require_objectives({"ece", "macs", "ece"}), ConfigError,
                        [](const Error& e) { return contains(e.what(), "--objectives names ece twice"); });
}

BOOST_AUTO_TEST_CASE(objectives_are_minimised_whichever_way_is_better) {
  Evaluation evaluation = ranked("d", 0.875, 1000);
  evaluation.cost.latency_us = 2500;
  BOOST_TEST(*objective_of(evaluation, "auroc") == 0.125);
  BOOST_TEST(*objective_of(evaluation, "unfairness_sum") == 0.2);
  BOOST_TEST(*objective_of(evaluation, "latency") == 2500);
  BOOST_TEST(!objective_of(evaluation, "ece"));
  BOOST_TEST(point_of(evaluation, {"auroc", "latency", "macs"}) == (metrics::Point{0.125, 2500, 1000}),
             tt::per_element());
  BOOST_TEST(point_of(evaluation, {"auroc", "ece"}).empty());
  BOOST_TEST(objective_names({"auroc", "latency", "energy", "eodd"}) ==
                 (std::vector<std::string>{"1 - auroc", "latency_us", "energy_mj", "eodd"}),
             tt::per_element());
}

BOOST_AUTO_TEST_CASE(a_standard_error_is_of_sampling_and_0_for_what_is_counted_or_estimated) {
  Evaluation evaluation = ranked("d", 0.8, 1000);
  DesignCost& cost = evaluation.cost;
  const auto error = [&](const char* metric) { return design_figure_error(cost, evaluation.scores, metric); };
  BOOST_TEST(*error("auroc") == 0.01);
  BOOST_TEST(*error("balanced_accuracy") == 0.02);
  BOOST_TEST(!error("eodd"));
  BOOST_TEST(*error("macs") == 0.0);
  cost.latency_us = 100, cost.latency_low_us = 98.040036, cost.latency_high_us = 101.959964;
  cost.latency_mark = "estimated";
  BOOST_TEST(*error("latency") == 0.0);
  cost.latency_mark = "measured";
  BOOST_TEST(*error("latency") == 1.0, tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(texts_say_what_is_better_and_mark_what_is_estimated) {
  Evaluation evaluation = ranked("d", 0.8, 1234);
  evaluation.cost.energy_mj = 0.25, evaluation.cost.energy_mark = "estimated";
  BOOST_TEST(objectives_text(evaluation, {"auroc", "energy", "macs", "ece"}) ==
             "AUROC 0.8000, energy 0.2500 mJ (estimated), multiply-accumulates 1,234, expected calibration error "
             "unknown");
  BOOST_TEST(
      goal_text({"accuracy", "macs"}) ==
      "a high accuracy (share of rows whose prediction is the label), few multiply-accumulates (of one example)");
  BOOST_TEST(wanted_text(metrics::metric_info("ece")) == "low expected calibration error");
}

BOOST_AUTO_TEST_CASE(the_best_design_goes_by_the_objectives_in_their_order) {
  const BestRule rule = BestRule::for_classes(2, {"auroc", "macs"});
  const std::vector<Evaluation> all = {ranked("highest", 0.90, 9), ranked("near", 0.895, 2), ranked("low", 0.88, 1)};
  BOOST_TEST(get_best(usable(all), rule).evaluation->name == "near");
  BOOST_TEST(verdicts(usable(all), rule) == (std::vector<std::string>{"not smaller", "best", "worse in AUROC"}),
             tt::per_element());
  const BestRule cheapest = BestRule::for_classes(2, {"macs", "auroc"});
  BOOST_TEST(get_best(usable(all), cheapest).evaluation->name == "low");
  // The floor on balanced accuracy stands above all of them.
  std::vector<Evaluation> with_constant = all;
  with_constant.push_back(ranked("constant", 0.99, 1));
  with_constant.back().scores.balanced_accuracy = 0.5;
  BOOST_TEST(get_best(usable(with_constant), rule).evaluation->name == "near");
}

BOOST_AUTO_TEST_CASE(the_front_is_of_the_objectives_and_lacks_who_lacks_a_figure) {
  const BestRule rule = BestRule::for_classes(2, {"auroc", "macs"});
  std::vector<Evaluation> all = {ranked("a", 0.90, 9), ranked("b", 0.80, 1), ranked("beaten", 0.80, 2),
                                 ranked("unknown", 0.95, 20)};
  all.back().scores.further.reset();
  std::vector<std::string> names;
  for (const Evaluation* e : pareto(usable(all), rule)) names.push_back(e->name);
  BOOST_TEST(names == (std::vector<std::string>{"a", "b"}), tt::per_element());
}

BOOST_AUTO_TEST_CASE(a_summary_says_what_the_search_went_by_and_its_tables_show_it) {
  History history;
  history.evaluations = {ranked("d001", 0.9, 9), ranked("d002", 0.8, 1)};
  for (const Evaluation& evaluation : history.evaluations) {
    ProposalRecord proposal{.round = 1, .attempt = 1, .verdict = searches::kValid};
    proposal.hash = evaluation.hash;
    proposal.design = {{"a", 1}};
    history.proposals.push_back(proposal);
  }
  const SearchSummary summary = summarise(history, BestRule::for_classes(2, {"auroc", "macs"}));
  BOOST_TEST((*summary.objectives == Objectives{"auroc", "macs"}));
  BOOST_TEST(summary.best->name == "d001");
  BOOST_TEST(summary.front.size() == 2u);
  const std::string text = summary_text(summary);
  BOOST_TEST(contains(text, "AUROC"));
  BOOST_TEST(contains(text, "0.9000"));
  BOOST_TEST(contains(text, "the best by AUROC, then by"));
  BOOST_TEST(contains(text, "Pareto front of AUROC, multiply-accumulates: d001, d002"));
  const SearchSummary usual = summarise(history, BestRule::for_classes(2));
  BOOST_TEST(!usual.objectives);
  BOOST_TEST(contains(summary_text(usual), "the least Unfairness"));
}

/// A finished search of these designs: AUROC and multiply-accumulates.
ComparedSearch searched(const std::string& configuration, const std::vector<std::pair<double, std::int64_t>>& designs) {
  ComparedSearch made{.configuration = configuration, .seed = 1};
  for (const auto& [auroc, macs] : designs) {
    const int round = static_cast<int>(made.history.evaluations.size()) + 1;
    made.history.evaluations.push_back(ranked(fmt::format("d{:03}", round), auroc, macs));
    made.history.evaluations.back().round = round;
    ProposalRecord proposal{.round = round, .attempt = 1, .verdict = searches::kValid};
    proposal.hash = made.history.evaluations.back().hash;
    made.history.proposals.push_back(proposal);
  }
  return made;
}

BOOST_AUTO_TEST_CASE(searches_are_compared_by_their_objectives_and_the_hypervolume_of_their_fronts) {
  const Comparison found = compare({searched("a", {{0.9, 9}, {0.8, 1}}), searched("b", {{0.85, 5}, {0.8, 9}})},
                                   BestRule::for_classes(2, {"auroc", "macs"}));
  const auto& a = *found.configurations.at(0).objectives;
  const auto& b = *found.configurations.at(1).objectives;
  BOOST_TEST_REQUIRE(a.size() == 3u);
  BOOST_TEST(a[0].metric == "auroc");
  BOOST_TEST(*a[0].mean->mean == 0.9);
  BOOST_TEST(*b[0].difference->mean == 0.85 - 0.9, tt::tolerance(1e-9));
  BOOST_TEST(!a[0].difference);
  BOOST_TEST(*b[1].mean->mean == 5);
  // The box is from (0.1, 1) to (0.21, 9.8): in shares of it a's points are (0, 10/11), (10/11, 0), b's (5/11, 5/11).
  BOOST_TEST(a[2].metric == "hypervolume");
  BOOST_TEST(*a[2].mean->mean == 2.0 / 11 - 1.0 / 121, tt::tolerance(1e-9));
  BOOST_TEST(*b[2].mean->mean == 36.0 / 121, tt::tolerance(1e-9));
  BOOST_TEST(contains(comparison_text(found), "by the objectives of the search, on validation images"));
  const Comparison usual = compare({searched("a", {{0.9, 9}})}, BestRule::for_classes(2));
  BOOST_TEST(!usual.configurations.at(0).objectives);
}

BOOST_AUTO_TEST_CASE(designs_csv_has_a_column_for_each_objective) {
  History history;
  Evaluation evaluation = ranked("d001", 0.9, 9);
  evaluation.scores.further->push_back({.name = "ece", .value = 0.125, .standard_error = {}});
  evaluation.cost.energy_mj = 0.5;
  history.evaluations = {evaluation};
  history.proposals.push_back({.round = 1, .attempt = 1, .verdict = searches::kValid});
  history.proposals.back().hash = evaluation.hash;
  const std::string csv =
      designs_csv(summarise(history, BestRule::for_classes(2, {"auroc", "ece", "energy", "latency"})));
  BOOST_TEST(contains(csv, ",hash,ece,energy_mj\n"));
  BOOST_TEST(contains(csv, ",d001,0.125,0.5\n"));
}

BOOST_AUTO_TEST_SUITE_END()
