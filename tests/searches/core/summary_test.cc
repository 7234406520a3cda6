#include "searches/core/summary.h"

#include <boost/test/unit_test.hpp>

#include "searches/core/chance.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

const BestRule kRule = BestRule::for_classes(2);

/// One round: a refused proposal, then a design with this unfairness.
void add_round(History& history, int channels, double unfairness, std::int64_t macs) {
  const int round = static_cast<int>(history.evaluations.size()) + 1;
  ProposalRecord refused{.round = round, .attempt = 1, .verdict = kInvalid};
  refused.strategy_state = {{"model", "m-1"}, {"prompt_tokens", 100}, {"completion_tokens", nullptr}};
  ProposalRecord valid{.round = round, .attempt = 2, .verdict = searches::kValid};
  valid.design = canonical(nn::parse_architecture(design(channels), "test"));
  valid.hash = architecture_hash(valid.design);
  valid.seconds = 2;
  Evaluation evaluation = evaluated(fmt::format("d{:03}", round), unfairness, 0.7, 0.6, macs);
  evaluation.hash = valid.hash;
  evaluation.round = round;
  history.proposals.push_back(refused);
  history.proposals.push_back(valid);
  history.evaluations.push_back(evaluation);
}

ComparedSearch search(const std::string& configuration, std::uint64_t seed, std::vector<double> unfairness) {
  ComparedSearch made{.configuration = configuration, .seed = seed};
  int channels = 8;
  for (const double value : unfairness) add_round(made.history, channels += 8, value, 1000);
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(summary)

BOOST_AUTO_TEST_CASE(a_summary_tells_counts_trajectory_best_and_front) {
  History history;
  add_round(history, 16, 0.3, 1000);
  add_round(history, 24, 0.1, 100000);
  add_round(history, 32, 0.4, 10000);
  const SearchSummary made = summarise(history, kRule);
  const Json found = record_to_json(made);
  BOOST_TEST(found["counts"]["invalid"] == 3);
  BOOST_TEST(found["counts"]["retries"] == 3);
  BOOST_TEST(found["counts"]["valid_first"] == 0);
  BOOST_TEST(contains(summary_text(made), "valid at once: 0 of 3 first replies"));
  BOOST_TEST(found["invalid_rate"] == 0.5);
  BOOST_TEST(found["tokens"]["prompt"] == 300);
  BOOST_TEST(found["models"] == Json::array({"m-1"}));
  BOOST_TEST(found["waiting_seconds"] == 6);
  BOOST_TEST(found["diversity"]["macs_spread"] == 1);
  BOOST_TEST(found["trajectory"][0]["best"] == "d001");
  BOOST_TEST(found["trajectory"][2]["best"] == "d002");
  BOOST_TEST(found["best"]["name"] == "d002");
  BOOST_TEST(found["front"] == Json::array({"d001", "d002"}));
  BOOST_TEST(found["top"] == Json::array({"d002", "d001", "d003"}));
  BOOST_TEST(contains(summary_text(made), "* d002"));
  BOOST_TEST(contains(summary_text(made), "least Unfairness"));
}

BOOST_AUTO_TEST_CASE(a_search_without_a_design_has_no_best) {
  const SearchSummary found = summarise({}, kRule);
  BOOST_TEST(!found.best);
  BOOST_TEST(contains(summary_text(found), "no design could be trained"));
}

BOOST_AUTO_TEST_CASE(configurations_are_compared_at_the_smallest_budget_by_means_with_t_intervals) {
  const Comparison comparison = compare({search("full", 1, {0.5, 0.2, 0.1}), search("full", 2, {0.5, 0.4}),
                                         search("none", 1, {0.5, 0.3}), search("none", 2, {0.5, 0.5, 0.1})},
                                        kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["budget"] == 2);
  const Json& full = found["arms"][0]["unfairness"];
  BOOST_TEST(full["mean"].get<double>() == 0.3, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(full["high"].get<double>() == 0.3 + 12.706 * 0.1, boost::test_tools::tolerance(1e-9));
  const Json& difference = found["arms"][1]["difference"]["unfairness"];
  BOOST_TEST(difference["mean"].get<double>() == 0.1, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(difference["low"].get<double>() == 0.1, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found["arms"][0]["difference"]["unfairness"].is_null());
  BOOST_TEST(contains(comparison_text(comparison), "after 2 evaluated designs"));
  BOOST_TEST(contains(comparison_text(comparison), "0.3000 [0.0000, 1.5706]"));  // no less than Unfairness can be
}

BOOST_AUTO_TEST_CASE(a_configuration_without_a_valid_design_leaves_the_others_their_budget_and_shows_its_refusals) {
  ComparedSearch never{.configuration = "never", .seed = 1, .finished = false};
  for (int round = 1; round <= 3; ++round) {
    ProposalRecord refused{.round = round, .attempt = 1, .verdict = round == 3 ? kUnreadable : kInvalid};
    refused.strategy_state = {{"source", "scripted"}, {"model", "scripted"}};
    if (round < 3) refused.hash = "same";
    never.history.proposals.push_back(refused);
  }
  ComparedSearch broken = search("broken", 1, {0.4});
  broken.finished = false;
  const Comparison comparison = compare({search("full", 1, {0.5, 0.2}), never, broken}, kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["budget"] == 2);
  const Json &full = found["arms"][0], &refused = found["arms"][1];
  BOOST_TEST(full["short"] == 0);
  BOOST_TEST(full["unfairness"]["mean"] == 0.2);
  BOOST_TEST(refused["short"] == 1);
  BOOST_TEST(refused["unfairness"].is_null());
  BOOST_TEST(refused["designs"]["mean"] == 0);
  BOOST_TEST(refused["invalid"]["mean"] == 2);
  BOOST_TEST(refused["unreadable"]["mean"] == 1);
  BOOST_TEST(refused["invalid_rate"]["mean"] == 1);
  BOOST_TEST(refused["distinct_share"]["mean"] == 0.5);
  BOOST_TEST(found["arms"][2]["unfairness"].is_null());  // at another budget than the others
  BOOST_TEST(found["arms"][2]["designs"]["mean"] == 1);
  BOOST_TEST(contains(comparison_text(comparison), "never: 1 of 1 searches ended before 2 designs"));
  BOOST_TEST(compare({never}, kRule).budget == 0);
}

BOOST_AUTO_TEST_CASE(a_configuration_that_a_script_answered_is_marked) {
  ComparedSearch scripted = search("replay", 1, {0.5}), asked = search("llm", 1, {0.5});
  scripted.history.proposals[1].strategy_state = {{"source", "scripted"}, {"model", "scripted"}};
  asked.history.proposals[1].strategy_state = {{"source", "api.example.org"}, {"model", "m-1"}};
  const Comparison comparison = compare({scripted, asked}, kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["arms"][0]["sources"] == Json::array({"scripted"}));
  BOOST_TEST(found["arms"][1]["sources"] == Json::array({"api.example.org"}));
  BOOST_TEST(found["arms"][1]["models"] == Json::array({"m-1"}));
  const std::string text = comparison_text(comparison);
  BOOST_TEST(found["arms"][0]["not_measured"] == "a script answered in place of a language model");
  BOOST_TEST(found["arms"][1]["not_measured"] == "");
  BOOST_TEST(contains(text, "replay: not measured: a script answered"));
  BOOST_TEST(!contains(text, "difference to replay"));
  BOOST_TEST(contains(text, "llm  0.5000"));
}

BOOST_AUTO_TEST_CASE(a_language_model_that_nobody_asked_or_that_never_answered_is_not_measured) {
  const Comparison alone = compare({search("random", 1, {0.5})}, kRule);
  BOOST_TEST(record_to_json(alone)["not_measured"] ==
             Json::array({{{"name", "llm"}, {"reason", "no language model was asked"}}}));
  BOOST_TEST(contains(comparison_text(alone), "llm: not measured: no language model was asked"));
  const ComparedSearch gone{.configuration = "llm", .seed = 3, .finished = false, .reason = "no server", .asks = true};
  const Comparison comparison = compare({search("random", 3, {0.5}), gone}, kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["not_measured"].empty());
  BOOST_TEST(found["budget"] == 1);
  BOOST_TEST(found["arms"][0]["ended"].empty());
  BOOST_TEST(found["arms"][1]["ended"] == Json::array({{{"seed", 3}, {"reason", "no server"}}}));
  const std::string text = comparison_text(comparison);
  BOOST_TEST(contains(text, "llm [short]: not measured: no language model answered"));
  BOOST_TEST(contains(text, "llm, seed 3, ended early: no server"));
}

BOOST_AUTO_TEST_CASE(effects_on_metrics_and_diversity_are_shown_as_paired_differences) {
  const Comparison comparison = compare({search("full", 1, {0.5, 0.2}), search("full", 2, {0.5, 0.4}),
                                         search("no-history", 1, {0.5, 0.3}), search("no-history", 2, {0.5, 0.5})},
                                        kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(contains(comparison_text(comparison), "difference to full on test images, paired by seed"));
  for (const char* figure : {"unfairness", "accuracy", "macs_spread", "distinct_share"}) {
    BOOST_TEST(found["arms"][1]["difference"][figure]["n"] == 2, figure);
  }
}

BOOST_AUTO_TEST_CASE(searches_are_compared_by_the_test_figures_of_their_best_designs) {
  const auto with_test = [](ComparedSearch made, double unfairness, double balanced) {
    made.test = {{"unfairness_sum", {{"value", unfairness}}}, {"balanced_accuracy", {{"value", balanced}}}};
    return made;
  };
  const Comparison comparison = compare(
      {with_test(search("full", 1, {0.5, 0.2}), 0.3, 0.7), with_test(search("full", 2, {0.5, 0.4}), 0.5, 0.6),
       with_test(search("other", 1, {0.5, 0.1}), 0.4, 0.7), with_test(search("other", 2, {0.5, 0.1}), 0.6, 0.6)},
      kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["arms"][0]["test_unfairness"]["mean"].get<double>() == 0.4, boost::test_tools::tolerance(1e-9));
  // Validation made the other one the fairer one; the test images say the opposite, and how much was luck.
  const Json& difference = found["arms"][1]["difference"];
  BOOST_TEST(difference["unfairness"]["mean"].get<double>() < 0);
  BOOST_TEST(difference["test_unfairness"]["mean"].get<double>() == 0.1, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found["arms"][1]["selection_unfairness"]["mean"].get<double>() == 0.4, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found["arms"][1]["selection_balanced_accuracy"]["mean"].get<double>() == -0.05,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(contains(comparison_text(comparison), "other  +0.1000 [+0.1000, +0.1000]"));
}

BOOST_AUTO_TEST_CASE(the_best_of_several_equal_designs_is_what_order_statistics_say) {
  // Exact: 0, 1 / sqrt(pi), 3 / (2 sqrt(pi)); 10: 1.5388 (Teichroew, Annals of Mathematical Statistics 27, 1956).
  BOOST_TEST(std::abs(expected_highest(1)) < 1e-6);
  BOOST_TEST(expected_highest(2) == 0.564190, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(expected_highest(3) == 0.846284, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(expected_highest(10) == 1.538753, boost::test_tools::tolerance(1e-5));
  std::vector<Evaluation> designs(2, evaluated("d", 0.3, 0.7, 0.6, 1));
  BOOST_TEST(!best_by_chance(usable(designs), kRule));
  for (Evaluation& made : designs) made.scores.unfairness_se = 0.1, made.scores.balanced_accuracy_se = 0.02;
  const auto found = best_by_chance(usable(designs), kRule);
  BOOST_TEST(found->unfairness == 0.3 - 0.0564190, boost::test_tools::tolerance(1e-5));
  BOOST_TEST(found->balanced_accuracy == 0.6 + 0.0112838, boost::test_tools::tolerance(1e-5));
}

BOOST_AUTO_TEST_CASE(a_single_seed_has_no_interval) {
  const Comparison comparison = compare({search("full", 1, {0.5})}, kRule);
  const Json found = record_to_json(comparison);
  BOOST_TEST(found["arms"][0]["unfairness"]["low"].is_null());
}

BOOST_AUTO_TEST_SUITE_END()
