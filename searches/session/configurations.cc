#include "searches/session/configurations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/spaces/nas_bench_201/tables/table_settings.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

constexpr char kStrategy[] = "strategy", kBaseline[] = "baseline", kAblation[] = "ablation", kOther[] = "other";
constexpr char kNoNiches[] = "none", kPaperNiches[] = "convolutions";

Configuration of_strategy(const StrategyEntry& entry, const char* group) {
  Configuration configuration;
  configuration.name = configuration.strategy = entry.name;
  configuration.title = entry.title;
  configuration.group = group;
  configuration.source = entry.source;
  configuration.asks = entry.needs_language_model;
  configuration.by_niches = entry.by_niches;
  return configuration;
}

/// What an ablation takes away, or puts in its place.
struct Change {
  std::string name, title;  ///< "no-partition", "no partition"
  std::function<void(Configuration&)> apply;
};

const Change kNoPartition = {"no-partition", "no partition", [](Configuration& c) { c.niches = kNoNiches; }};
const Change kRandomNiches = {"random-partition", "six random niches", [](Configuration& c) { c.niches = "random:6"; }};
const Change kNoKnowledge = {"no-knowledge", "no knowledge base", [](Configuration& c) { c.knowledge = false; }};
const Change kNoPredictor = {"no-predictor", "no predictor", [](Configuration& c) { c.predictor = false; }};
const Change kAnonymous = {"anonymous", "anonymous names", [](Configuration& c) { c.anonymous = true; }};

Change flops_niches(int count, const char* words) {
  return {fmt::format("flops-{}", count), fmt::format("{} niches by FLOPs", words),
          [count](Configuration& c) { c.niches = fmt::format("flops_M:{}", count); }};
}

/// `name`, `title`: what the variant's begin with.
Configuration without(Configuration base, std::string name, std::string title, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    name += "-" + change.name, title += ", " + change.title;
    change.apply(base);
  }
  base.name = std::move(name), base.title = std::move(title);
  base.group = kAblation;
  base.source = "";
  return base;
}

std::vector<Configuration> on_tables() {
  std::vector<Configuration> all;
  const auto add = [&](const char* strategy, const char* group, const char* niches) -> Configuration& {
    all.push_back(of_strategy(find_strategy(strategy), group));
    all.back().niches = niches;
    all.back().predictor = true;
    return all.back();
  };
  add("llmnas", kStrategy, kPaperNiches).asks = true;
  add("llmnas", kStrategy, kPaperNiches).name = "llmnas-offline";
  all.back().title = "LLM-NAS without an LLM";
  const Configuration llmnas = all[0], offline = all[1];
  for (const char* name : {"random", "evolution", "nsga2", "local"}) add(name, kBaseline, kNoNiches);
  const std::vector<Configuration> baselines(all.begin() + 2, all.end());
  const auto prompting = [&](const char* name, const char* title, Emphasis emphasis) {
    Configuration& configuration = add("llmnas", kBaseline, kNoNiches);
    configuration.name = name, configuration.title = title;
    configuration.asks = true, configuration.knowledge = false;
    configuration.emphasis = emphasis;
  };
  prompting("prompt", "Plain prompting", Emphasis::kTradeOff);
  prompting("prompt-latency", "Plain prompting for latency", Emphasis::kCost);

  const std::vector<std::vector<Change>> of_offline = {{kNoPartition},
                                                       {kRandomNiches},
                                                       {flops_niches(2, "two")},
                                                       {flops_niches(6, "six")},
                                                       {flops_niches(12, "twelve")},
                                                       {flops_niches(24, "24")},
                                                       {kNoPredictor},
                                                       {kNoPartition, kNoPredictor}};
  for (const auto& changes : of_offline) all.push_back(without(offline, "offline", "offline", changes));
  for (const auto& base : baselines) all.push_back(without(base, base.name, base.title, {kNoPredictor}));
  for (const Change& change : {kNoPartition, kRandomNiches, kNoKnowledge, kAnonymous, kNoPredictor}) {
    all.push_back(without(llmnas, llmnas.name, llmnas.title, {change}));
  }
  for (const StrategyEntry& entry : strategy_entries()) {
    const auto is_it = [&](const Configuration& configuration) { return configuration.strategy == entry.name; };
    if (std::none_of(all.begin(), all.end(), is_it)) add(entry.name.c_str(), kOther, kNoNiches);
  }
  const auto flnas = std::find_if(all.begin(), all.end(), [](const Configuration& c) { return c.strategy == "flnas"; });
  all.push_back(without(*flnas, flnas->name, flnas->title, {kAnonymous}));
  all.back().group = kOther;
  return all;
}

std::vector<Configuration> on_images() {
  constexpr std::array kUsual = {"evolution", "random", "fahana"};
  std::vector<Configuration> all;
  for (const char* name : kUsual) all.push_back(of_strategy(find_strategy(name), kStrategy));
  for (const StrategyEntry& entry : strategy_entries()) {
    if (std::find(kUsual.begin(), kUsual.end(), entry.name) == kUsual.end()) {
      all.push_back(of_strategy(entry, kOther));
    }
  }
  const std::vector<Change> changes = {{"full", "full prompt", [](Configuration&) {}},
                                       {"brief-fairness", "", [](Configuration& c) { c.parts.fairness = "brief"; }},
                                       {"no-fairness", "", [](Configuration& c) { c.parts.fairness = "none"; }},
                                       {"no-hardware", "", [](Configuration& c) { c.parts.hardware = false; }},
                                       {"no-metrics", "", [](Configuration& c) { c.parts.metrics = false; }},
                                       {"no-groups", "", [](Configuration& c) { c.parts.groups = false; }},
                                       {"no-history", "", [](Configuration& c) { c.parts.history = false; }}};
  for (const Change& change : changes) {
    Configuration configuration = of_strategy(find_strategy("flnas"), kAblation);
    configuration.name = change.name;
    change.apply(configuration);
    all.push_back(std::move(configuration));
  }
  return all;
}

std::vector<Configuration> of_strategies() {
  std::vector<Configuration> all;
  for (const StrategyEntry& entry : strategy_entries()) all.push_back(of_strategy(entry, kStrategy));
  return all;
}

/// On tables: niches that were asked for, and the strategy's settings at the budget that its predictor leaves.
void fill_in_tables(Configuration& configuration, const SearchRequest& request, const StrategyEntry& entry) {
  const std::int64_t predictor_cells = request.own.of<TableSettings>().predictor_cells;
  if (configuration.group == kStrategy && !request.niches.empty()) configuration.niches = request.niches;
  const std::int64_t budget = request.budget - (configuration.predictor ? predictor_cells : 0);
  configuration.settings = entry.settings(static_cast<std::size_t>(std::max<std::int64_t>(budget, 0)), false);
  if (configuration.asks && configuration.by_niches) configuration.settings["knowledge_base"] = configuration.knowledge;
  if (predictor_cells == 0) configuration.predictor = false;
}

/// As the request has it: who asks, what its predictor takes, its strategy's settings.
Configuration filled_in(Configuration configuration, const SearchRequest& request) {
  const StrategyEntry& entry = find_strategy(configuration.strategy);
  const bool by_table = request.evaluator == kTable;
  // On tables a strategy with and without a language model are two rows.
  if (!by_table) configuration.asks = entry.takes_language_model && request.llm.answers();
  if ((configuration.asks || entry.needs_language_model) && !request.llm.answers()) {
    configuration.missing = "no language model was asked: --llm none";
  }
  if (by_table) fill_in_tables(configuration, request, entry);
  return configuration;
}

std::vector<Configuration> chosen(const SearchRequest& request, const std::function<bool(const Configuration&)>& is) {
  std::vector<Configuration> found;
  for (const Configuration& configuration : configurations(request.evaluator)) {
    if (is(configuration)) found.push_back(filled_in(configuration, request));
  }
  return found;
}

/// The strategy's first configuration that can be run; nullptr where there is none.
const Configuration* possible(const std::vector<Configuration>& all, const std::string& strategy) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Configuration& configuration) {
    return configuration.strategy == strategy && configuration.missing.empty();
  });
  return found == all.end() ? nullptr : &*found;
}

/// Throws ConfigError where a configuration that was named has nobody to ask.
void require_answered(const Configuration& configuration, const std::vector<Configuration>& all) {
  if (configuration.missing.empty()) return;
  const Configuration* other = possible(all, configuration.strategy);
  throw ConfigError(fmt::format("strategy {} asks a language model: give --llm server, local, file or replay{}",
                                configuration.name, other == nullptr ? "" : "; without one take " + other->name));
}

std::vector<Configuration> all_configurations(const SearchRequest& request) {
  return chosen(request, [](const Configuration&) { return true; });
}

}  // namespace

std::vector<Configuration> configurations(const std::string& evaluator) {
  if (evaluator == kTable) return on_tables();
  return evaluator == kTrain ? on_images() : of_strategies();
}

Configuration single_configuration(const SearchRequest& request) {
  const auto all = all_configurations(request);
  const Configuration* found = possible(all, request.strategy);
  return found != nullptr ? *found : compared_configurations({request.strategy}, request).front();
}

std::vector<Configuration> compared_configurations(const std::vector<std::string>& names,
                                                   const SearchRequest& request) {
  if (names.empty()) {
    return chosen(request, [&](const Configuration& c) {
      return c.group != kOther && (c.group != kAblation || request.evaluator == kTable);
    });
  }
  std::vector<std::string> known;
  const auto all = all_configurations(request);
  for (const Configuration& configuration : all) known.push_back(configuration.name);
  std::vector<Configuration> found;
  for (const auto& name : names) {
    found.push_back(all[find_name("strategy", name, known)]);
    require_answered(found.back(), all);
  }
  if (request.evaluator != kTable) return found;
  const auto is_named = [&](const Configuration& c) {
    return std::find(names.begin(), names.end(), c.name) != names.end();
  };
  return chosen(request, is_named);
}

std::vector<Configuration> ablated_configurations(const SearchRequest& request) {
  const bool on_tables = request.evaluator == kTable;
  auto found = chosen(request, [&](const Configuration& configuration) {
    return configuration.group == kAblation || (on_tables && configuration.group == kStrategy);
  });
  if (on_tables) std::erase_if(found, [](const Configuration& c) { return !c.missing.empty(); });
  for (const Configuration& configuration : found) require_answered(configuration, found);
  return found;
}

}  // namespace flnas::searches
