#include "searches/session/configurations.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "harness/base/error.h"
#include "searches/strategies/strategies.h"
#include "tests/base/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

namespace {

SearchRequest by(const std::string& evaluator, const std::string& llm = "none") {
  SearchRequest request;
  request.evaluator = evaluator;
  request.budget = 500;
  request.llm.llm = llm;
  return request;
}

std::vector<std::string> names(const std::vector<Configuration>& configurations) {
  std::vector<std::string> found;
  for (const Configuration& configuration : configurations) found.push_back(configuration.name);
  return found;
}

/// The configuration of that name on tables.
Configuration table_row(const std::string& name, const std::string& llm = "server") {
  return compared_configurations({name}, by(kTable, llm)).at(0);
}

bool is_error(const Error& error, const char* text) { return contains(error.what(), text); }

}  // namespace

BOOST_AUTO_TEST_SUITE(configurations_)

BOOST_AUTO_TEST_CASE(every_evaluator_knows_every_strategy_and_no_name_twice) {
  for (const char* evaluator : {kTrain, kTable, kProxies}) {
    BOOST_TEST_CONTEXT(evaluator) {
      const auto all = names(configurations(evaluator));
      const std::set<std::string> distinct(all.begin(), all.end());
      BOOST_TEST(distinct.size() == all.size());
      for (const StrategyEntry& strategy : strategy_entries()) BOOST_TEST(distinct.contains(strategy.name));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_tables_compare_has_the_names_and_the_order_of_published_records) {
  const std::vector<std::string> expected = {"llmnas",
                                             "llmnas-offline",
                                             "random",
                                             "evolution",
                                             "nsga2",
                                             "local",
                                             "prompt",
                                             "prompt-latency",
                                             "offline-no-partition",
                                             "offline-random-partition",
                                             "offline-flops-2",
                                             "offline-flops-6",
                                             "offline-flops-12",
                                             "offline-flops-24",
                                             "offline-no-predictor",
                                             "offline-no-partition-no-predictor",
                                             "random-no-predictor",
                                             "evolution-no-predictor",
                                             "nsga2-no-predictor",
                                             "local-no-predictor",
                                             "llmnas-no-partition",
                                             "llmnas-random-partition",
                                             "llmnas-no-knowledge",
                                             "llmnas-anonymous",
                                             "llmnas-no-predictor"};
  BOOST_TEST(names(compared_configurations({}, by(kTable))) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(llm_nas_alone_goes_by_niches_whatever_its_configuration) {
  for (const char* evaluator : {kTrain, kTable, kProxies}) {
    for (const Configuration& configuration : configurations(evaluator)) {
      BOOST_TEST(configuration.by_niches == (configuration.strategy == "llmnas"), configuration.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_ablation_takes_away_what_its_name_says_and_nothing_else) {
  const Configuration whole = table_row("llmnas");
  BOOST_TEST((whole.asks && whole.knowledge && whole.predictor && whole.niches == "convolutions"));
  BOOST_TEST(whole.settings["generations"] == kGenerations);
  BOOST_TEST(whole.settings["knowledge_base"] == true);
  const Configuration rules = table_row("llmnas-no-knowledge");
  BOOST_TEST((rules.asks && !rules.knowledge && rules.predictor && rules.niches == "convolutions"));
  BOOST_TEST(rules.settings["knowledge_base"] == false);
  for (const char* name : {"llmnas", "flnas"}) {
    const Configuration known = table_row(name), anonymous = table_row(std::string(name) + "-anonymous");
    BOOST_TEST((!known.anonymous && anonymous.anonymous));
    BOOST_TEST((anonymous.asks && anonymous.strategy == name && anonymous.niches == known.niches));
  }
  const Configuration neither = table_row("offline-no-partition-no-predictor");
  BOOST_TEST((!neither.asks && !neither.predictor && neither.niches == "none"));
  BOOST_TEST(neither.title == "offline, no partition, no predictor");
  BOOST_TEST(table_row("offline-flops-12").niches == "flops_M:12");
  // The predictor's cells come out of the budget that populations follow.
  BOOST_TEST(table_row("nsga2").settings["population"] == population_for(300, false));
  BOOST_TEST(table_row("nsga2-no-predictor").settings["population"] == population_for(500, false));
  const Configuration latency = table_row("prompt-latency");
  BOOST_TEST((latency.asks && !latency.knowledge && latency.emphasis == Emphasis::kCost));
}

BOOST_AUTO_TEST_CASE(niches_that_are_asked_for_are_those_of_the_strategies_and_no_ablation_s) {
  SearchRequest request = by(kTable);
  request.niches = "latency:4";
  for (const Configuration& configuration : compared_configurations({}, request)) {
    BOOST_TEST((configuration.niches == "latency:4") == (configuration.group == "strategy"), configuration.name);
  }
}

BOOST_AUTO_TEST_CASE(who_needs_an_answer_is_missing_without_one_and_an_error_where_it_was_named) {
  for (const Configuration& configuration : compared_configurations({}, by(kTable))) {
    BOOST_TEST(configuration.missing.empty() == !configuration.asks, configuration.name);
  }
  for (const Configuration& configuration : compared_configurations({}, by(kTable, "server"))) {
    BOOST_TEST(configuration.missing == "");
  }
  BOOST_CHECK_EXCEPTION(table_row("llmnas", "none"), ConfigError,
                        [](const Error& e) { return is_error(e, "without one take llmnas-offline"); });
  BOOST_CHECK_EXCEPTION(compared_configurations({"flnas"}, by(kTrain)), ConfigError,
                        [](const Error& e) { return is_error(e, "strategy flnas asks a language model"); });
  BOOST_CHECK_EXCEPTION(ablated_configurations(by(kTrain)), ConfigError,
                        [](const Error& e) { return is_error(e, "asks a language model"); });
  BOOST_CHECK_EXCEPTION(compared_configurations({"nsga"}, by(kTrain)), ConfigError,
                        [](const Error& e) { return is_error(e, "did you mean 'nsga2'?"); });
}

BOOST_AUTO_TEST_CASE(a_search_alone_is_the_strategy_and_offline_on_tables_without_a_language_model) {
  SearchRequest request = by(kTable);
  request.strategy = "llmnas";
  BOOST_TEST(single_configuration(request).name == "llmnas-offline");
  request.llm.llm = "server";
  BOOST_TEST(single_configuration(request).name == "llmnas");
  request = by(kProxies);
  request.strategy = "llmnas";
  BOOST_TEST(!single_configuration(request).asks);
  request.llm.llm = "server";
  BOOST_TEST(single_configuration(request).asks);
}

BOOST_AUTO_TEST_CASE(images_compare_in_the_order_named_and_ablate_parts_of_the_prompt) {
  BOOST_TEST(names(compared_configurations({"random", "evolution"}, by(kTrain))) ==
                 (std::vector<std::string>{"random", "evolution"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      names(compared_configurations({}, by(kTrain))) == (std::vector<std::string>{"evolution", "random", "fahana"}),
      boost::test_tools::per_element());
  const auto parts = ablated_configurations(by(kTrain, "server"));
  BOOST_TEST(parts.size() == 7u);
  BOOST_TEST(parts[0].name == "full");
  BOOST_TEST(parts[2].parts.fairness == "none");
  BOOST_TEST(!parts[6].parts.history);
}

BOOST_AUTO_TEST_SUITE_END()
