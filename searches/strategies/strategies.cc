#include "searches/strategies/strategies.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas::searches {
namespace {

Json no_settings(std::size_t, bool) { return Json::object(); }

Json evolution_settings(std::size_t budget, bool is_costly) {
  const std::size_t population = population_for(budget, is_costly);
  return {{"population", population}, {"tournament", tournament_for(population, is_costly)}};
}

Json nsga2_settings(std::size_t budget, bool is_costly) {
  return {{"population", population_for(budget, is_costly)}, {"crossover", kNsga2Crossover}};
}

Json local_settings(std::size_t budget, bool is_costly) { return {{"starts", local_starts_for(budget, is_costly)}}; }

Json llmnas_settings(std::size_t, bool is_costly) {
  return is_costly ? Json::object() : Json{{"generations", kGenerations}};
}

std::vector<StrategyEntry> make_entries() {
  return {
      {.name = "random",
       .title = "Random search",
       .source = "Li and Talwalkar, UAI 2019",
       .settings = no_settings,
       .make = make_random},
      {.name = "random-sensible",
       .title = "Random search, sensible part",
       .source = "practice; see searches/spaces/cnn/designs/sensible.h",
       .needs_prior = true,
       .settings = no_settings,
       .make = make_random_sensible},
      {.name = "evolution",
       .title = "Regularised evolution",
       .source = "Real et al., AAAI 2019",
       .settings = evolution_settings,
       .make = make_evolution},
      {.name = "local",
       .title = "Pareto local search",
       .source = "Paquete et al., 2004; White et al., UAI 2021",
       .settings = local_settings,
       .make = make_local},
      {.name = "nsga2",
       .title = "NSGA-II",
       .source = "Deb et al., IEEE TEVC 2002",
       .settings = nsga2_settings,
       .make = make_nsga2},
      {.name = "fahana",
       .title = "FaHaNa-like controller",
       .source = "Sheng et al., arXiv 2202.11317",
       .needs_tokens = true,
       .needs_accuracy = true,
       .settings = no_settings,
       .make = make_fahana},
      {.name = "flnas",
       .title = "FL-NAS",
       .source = "FL-NAS, arXiv 2402.06696",
       .needs_language_model = true,
       .takes_language_model = true,
       .settings = no_settings,
       .make = make_flnas},
      {.name = "llmnas",
       .title = "LLM-NAS",
       .source = "LLM-NAS, arXiv 2510.01472",
       .takes_language_model = true,
       .by_niches = true,
       .settings = llmnas_settings,
       .make = make_llmnas},
  };
}

}  // namespace

const std::vector<StrategyEntry>& strategy_entries() {
  static const std::vector<StrategyEntry> entries = make_entries();
  return entries;
}

const StrategyEntry& find_strategy(const std::string& name) {
  std::vector<std::string> names;
  for (const StrategyEntry& entry : strategy_entries()) names.push_back(entry.name);
  return strategy_entries()[find_name("strategy", name, names)];
}

std::unique_ptr<SearchStrategy> make_strategy(const std::string& name, const StrategyContext& context) {
  const StrategyEntry& entry = find_strategy(name);
  if (entry.needs_language_model && context.llm == nullptr) {
    throw ConfigError(fmt::format("strategy {} asks a language model: give --llm server, local, file or replay", name));
  }
  if (entry.needs_tokens && !context.space.tokens()) {
    throw ConfigError(fmt::format("strategy {} needs a token sequence, which space {} does not have; take another one",
                                  name, context.space.name()));
  }
  Random any(1);
  if (entry.needs_prior && !context.space.sample_sensible(any)) {
    throw ConfigError(fmt::format("strategy {}: space {} does not say which part of it is sensible; take random", name,
                                  context.space.name()));
  }
  if (entry.needs_accuracy && !context.evaluator.has_accuracy()) {
    throw ConfigError(
        fmt::format("strategy {} needs an accuracy, which this evaluator does not tell; take another one", name));
  }
  return entry.make(context);
}

}  // namespace flnas::searches
