#include "harness/cli/nas/pair_searches.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "datasets/images/parallel.h"
#include "harness/base/error.h"
#include "harness/cli/nas/search_store.h"

namespace flnas::cli {
namespace {

using namespace searches::llmnas;

constexpr std::size_t kCurvePoints = 20;

/// The partitions of all arms; random ones differ by seed.
class Partitions {
 public:
  Partitions(const NasSearches& searches, const NasSearchView& view, const std::string& device) {
    for (const NasArm& arm : searches.arms) {
      for (const std::uint64_t seed : searches.seeds) {
        if (known_.contains(key(arm, seed))) continue;
        known_.emplace(key(arm, seed), make_partition(arm.strategy.partition, view, seed, device));
      }
    }
  }
  const Partition& of(const NasArm& arm, std::uint64_t seed) const { return known_.at(key(arm, seed)); }

 private:
  using Key = std::pair<std::string, std::uint64_t>;
  static Key key(const NasArm& arm, std::uint64_t seed) {
    return {arm.strategy.partition, arm.strategy.partition.rfind("random:", 0) == 0 ? seed : 0};
  }
  std::map<Key, Partition> known_;
};

LlmProposerSettings proposer_settings(const NasSearchRequest& request) {
  LlmProposerSettings settings;
  settings.model = request.chat.model;
  settings.temperature = request.chat.temperature;
  settings.max_tokens = request.chat.max_tokens;
  settings.attempts = request.attempts;
  settings.at_once = request.calls;
  return settings;
}

NasChatUse chat_use(const ChatUse& use) {
  return {.calls = use.calls,
          .knowledge_calls = use.knowledge_calls,
          .retries = use.retries,
          .prompt_tokens = use.prompt_tokens,
          .completion_tokens = use.completion_tokens,
          .waiting_seconds = use.seconds,
          .sources = {use.sources.begin(), use.sources.end()},
          .models = {use.models.begin(), use.models.end()}};
}

/// `predicted`: null to search by validation accuracies.
NasSearchResult run_search(const NasSearches& searches, const NasArm& arm, std::uint64_t seed,
                           const CellProblem& problem, const PredictedAccuracy* predicted, const Partition& partition,
                           const Scorer& scorer) {
  const NasSearchRequest& request = searches.request;
  const auto spent = static_cast<std::size_t>(predicted != nullptr ? request.predictor_cells : 0);
  const CellProblem* searched = &problem;
  CellProblem with_predictions;
  if (predicted != nullptr) {
    with_predictions = problem;
    with_predictions.accuracy = predicted->accuracy;
    searched = &with_predictions;
  }
  SearchRun run = run_strategy(arm.strategy, *searched, partition, static_cast<std::size_t>(request.budget) - spent,
                               seed, searches.chat, proposer_settings(request));
  run.trace.spent_before = spent;
  NasSearchResult result;
  result.strategy = arm.strategy.name;
  result.seed = seed;
  result.evaluations = static_cast<std::int64_t>(spent + run.trace.order.size());
  result.proposals = run.proposals;
  result.repeated = run.repeated;
  result.invalid = run.invalid;
  result.seconds = run.seconds;
  if (!run.reason.empty()) result.status = kFailed, result.reason = run.reason;
  if (run.chat) result.chat = chat_use(*run.chat);
  scorer.score(run.trace, kCurvePoints, result);
  return result;
}

}  // namespace

std::vector<NasArm> nas_arms(const NasSearchRequest& request) {
  const bool answered = request.designer != "none";
  for (const auto& name : request.strategies) {
    if (find_strategy(name).language_model && !answered) {
      throw ConfigError(fmt::format(
          "strategy {} asks a language model: give --designer llm, file or replay; without one take llmnas-offline",
          name));
    }
  }
  std::vector<NasArm> arms;
  for (const Strategy& known : strategies()) {
    const auto& asked = request.strategies;
    if (!asked.empty() && std::find(asked.begin(), asked.end(), known.name) == asked.end()) continue;
    Strategy strategy = known;
    if (!request.niches.empty() && strategy.group == "strategy") strategy.partition = request.niches;
    const std::int64_t spent = strategy.predictor ? request.predictor_cells : 0;
    NasStrategy row = describe(strategy, static_cast<std::size_t>(request.budget - spent));
    if (request.predictor_cells == 0) row.accuracy = "validation";
    if (strategy.language_model && !answered) {
      row.status = kNotMeasured;
      row.reason = "nobody answers in the place of a language model: --designer none";
    }
    arms.push_back({strategy, row});
  }
  return arms;
}

std::vector<NasSearchResult> search_pair(const NasSearches& searches, const CellProblem& problem,
                                         const NasSearchView& view, const std::vector<PredictedAccuracy>& predictors,
                                         const Scorer& scorer) {
  const NasSearchRequest& request = searches.request;
  const auto& seeds = searches.seeds;
  const Partitions partitions(searches, view, problem.device);
  NasSearchStore store(request.out / "searches" / fmt::format("{}-{}.jsonl", problem.dataset, problem.device),
                       searches.settings);
  // What is not done yet of one seed.
  const auto run_open = [&](std::size_t s, bool language_model, const auto& done) {
    for (const NasArm& arm : searches.arms) {
      if (arm.strategy.language_model != language_model || arm.row.status != kPassed) continue;
      if (store.find(arm.strategy.name, seeds[s]) != nullptr) continue;
      const PredictedAccuracy* predicted = predictors.empty() || !arm.strategy.predictor ? nullptr : &predictors[s];
      done(run_search(searches, arm, seeds[s], problem, predicted, partitions.of(arm, seeds[s]), scorer));
    }
  };
  parallel_for(seeds.size(), request.jobs, fmt::format("{} on {}", problem.dataset, problem.device), [&] {
    return [&](std::size_t s) {
      std::vector<NasSearchResult> done;
      run_open(s, false, [&](NasSearchResult result) { done.push_back(std::move(result)); });
      store.add(done);
    };
  });
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    run_open(s, true, [&](const NasSearchResult& result) { store.add({result}); });
  }
  std::vector<NasSearchResult> all;
  for (const NasArm& arm : searches.arms) {
    for (const std::uint64_t seed : seeds) {
      if (const auto* found = store.find(arm.strategy.name, seed)) all.push_back(*found);
    }
  }
  return all;
}

}  // namespace flnas::cli
