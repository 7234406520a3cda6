#include "searches/llmnas/strategies.h"

#include <algorithm>
#include <chrono>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/llmnas/baselines.h"

namespace flnas::searches::llmnas {
namespace {

constexpr char kLlmNas[] = "LLM-NAS, arXiv 2510.01472";

std::vector<Strategy> make_strategies() {
  std::vector<Strategy> rows;
  const auto add = [&](const char* name, const char* title, const char* group, const char* source) -> Strategy& {
    rows.push_back({.name = name, .title = title, .group = group, .source = source});
    return rows.back();
  };
  add("llmnas", "LLM-NAS", "strategy", kLlmNas).language_model = true;
  add("llmnas-offline", "LLM-NAS without an LLM", "strategy", kLlmNas);

  const auto baseline = [&](const char* name, const char* title, const char* source, Method method) {
    Strategy& row = add(name, title, "baseline", source);
    row.method = method;
    row.partition = "none";
  };
  baseline("random", "Random search", "Li and Talwalkar, UAI 2019", Method::kRandom);
  baseline("evolution", "Regularised evolution", "Real et al., AAAI 2019", Method::kEvolution);
  baseline("nsga2", "NSGA-II", "Deb et al., IEEE TEVC 2002", Method::kNsga2);
  baseline("local", "Pareto local search", "Paquete et al., 2004; White et al., UAI 2021", Method::kLocal);
  const auto prompting = [&](const char* name, const char* title, Emphasis emphasis) {
    Strategy& row = add(name, title, "baseline", kLlmNas);
    row.language_model = true;
    row.knowledge = false;
    row.partition = "none";
    row.emphasis = emphasis;
  };
  prompting("prompt", "Plain prompting", Emphasis::kTradeOff);
  prompting("prompt-latency", "Plain prompting for latency", Emphasis::kCost);

  const auto ablation = [&](const char* name, const char* title, const char* partition) -> Strategy& {
    Strategy& row = add(name, title, "ablation", "");
    row.partition = partition;
    return row;
  };
  ablation("offline-no-partition", "offline, no partition", "none");
  ablation("offline-random-partition", "offline, six random niches", "random:6");
  ablation("offline-flops-2", "offline, two niches by FLOPs", "flops_M:2");
  ablation("offline-flops-6", "offline, six niches by FLOPs", "flops_M:6");
  ablation("offline-flops-12", "offline, twelve niches by FLOPs", "flops_M:12");
  ablation("offline-flops-24", "offline, 24 niches by FLOPs", "flops_M:24");
  const auto without_predictor = [&](const char* name, const char* title, const char* partition, Method method) {
    Strategy& row = ablation(name, title, partition);
    row.method = method;
    row.predictor = false;
  };
  without_predictor("offline-no-predictor", "offline, no predictor", "convolutions", Method::kCoevolution);
  without_predictor("offline-no-partition-no-predictor", "offline, neither", "none", Method::kCoevolution);
  without_predictor("random-no-predictor", "random search, no predictor", "none", Method::kRandom);
  without_predictor("evolution-no-predictor", "regularised evolution, no predictor", "none", Method::kEvolution);
  without_predictor("nsga2-no-predictor", "NSGA-II, no predictor", "none", Method::kNsga2);
  without_predictor("local-no-predictor", "local search, no predictor", "none", Method::kLocal);
  ablation("llmnas-no-partition", "LLM-NAS, no partition", "none").language_model = true;
  ablation("llmnas-random-partition", "LLM-NAS, six random niches", "random:6").language_model = true;
  ablation("llmnas-no-knowledge", "LLM-NAS, no knowledge base", "convolutions").language_model = true;
  rows.back().knowledge = false;
  ablation("llmnas-no-predictor", "LLM-NAS, no predictor", "convolutions").language_model = true;
  rows.back().predictor = false;
  return rows;
}

void search(const Strategy& strategy, Space& space, EvaluationLog& log, std::uint64_t seed, ChatClient* chat,
            const LlmProposerSettings& settings, SearchRun& run) {
  Random random(mix_seed(seed, 0x736561));
  switch (strategy.method) {
    case Method::kRandom:
      return random_search(space, log, random);
    case Method::kEvolution:
      return regularised_evolution(space, log, random, EvolutionSettings::for_budget(log.budget()));
    case Method::kNsga2:
      return nsga2(space, log, random, Nsga2Settings::for_budget(log.budget()));
    case Method::kLocal:
      return local_search(space, log, random);
    case Method::kCoevolution:
      break;
  }
  if (!strategy.language_model) {
    OperatorProposer proposer(space);
    run.reason = coevolve(space, log, proposer, seed).reason;
    return;
  }
  LlmProposerSettings asked = settings;
  asked.seed = seed;
  asked.knowledge = strategy.knowledge;
  asked.emphasis = strategy.emphasis;
  LlmProposer proposer(space, *chat, asked);
  run.reason = coevolve(space, log, proposer, seed).reason;
  run.chat = proposer.use();
}

}  // namespace

const std::vector<Strategy>& strategies() {
  static const std::vector<Strategy> rows = make_strategies();
  return rows;
}

const Strategy& find_strategy(const std::string& name) {
  std::vector<std::string> names;
  for (const Strategy& strategy : strategies()) names.push_back(strategy.name);
  return strategies()[find_name("strategy", name, names)];
}

NasStrategy describe(const Strategy& strategy, std::size_t budget) {
  const auto evolution = EvolutionSettings::for_budget(budget);
  const auto genetic = Nsga2Settings::for_budget(budget);
  NasStrategy row;
  row.name = strategy.name;
  row.title = strategy.title;
  row.group = strategy.group;
  row.source = strategy.source;
  row.language_model = strategy.language_model;
  row.accuracy = strategy.predictor ? "predictor" : "validation";
  row.partition = strategy.partition;
  switch (strategy.method) {
    case Method::kCoevolution:
      row.settings = {{"generations", CoevolutionSettings{}.generations}};
      if (strategy.language_model) row.settings["knowledge_base"] = strategy.knowledge;
      break;
    case Method::kEvolution:
      row.settings = {{"population", evolution.population}, {"tournament", evolution.tournament}};
      break;
    case Method::kNsga2:
      row.settings = {{"population", genetic.population}, {"crossover", genetic.crossover}};
      break;
    case Method::kLocal:
      row.settings = {{"starts", LocalSettings{}.starts}};
      break;
    case Method::kRandom:
      break;
  }
  return row;
}

SearchRun run_strategy(const Strategy& strategy, const CellProblem& problem, const Partition& partition,
                       std::size_t budget, std::uint64_t seed, ChatClient* chat, const LlmProposerSettings& settings) {
  SearchRun run;
  CellSpace space(problem, partition);
  const auto start = std::chrono::steady_clock::now();
  EvaluationLog log(space, std::min(budget, problem.candidates.size()));
  search(strategy, space, log, seed, chat, settings, run);
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  run.trace.order = log.order();
  for (const Candidate candidate : log.order()) run.trace.objectives.push_back(log.at(candidate));
  run.proposals = log.proposals();
  run.repeated = log.repeated();
  run.invalid = log.invalid();
  return run;
}

}  // namespace flnas::searches::llmnas
