#include "searches/session/pair_searches.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "datasets/images/parallel.h"
#include "harness/base/error.h"
#include "searches/core/search.h"
#include "searches/session/search_chat.h"
#include "searches/session/table_store.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kCurvePoints = 20;

/// The partitions of all arms; random ones differ by seed.
class Partitions {
 public:
  Partitions(const TableSearches& searches, const NasSearchView& view, const std::string& device) {
    for (const TableArm& arm : searches.arms) {
      for (const std::uint64_t seed : searches.seeds) {
        if (known_.contains(key(arm, seed))) continue;
        known_.emplace(key(arm, seed), make_partition(arm.partition, view, seed, device));
      }
    }
  }
  const Partition& of(const TableArm& arm, std::uint64_t seed) const { return known_.at(key(arm, seed)); }

 private:
  using Key = std::pair<std::string, std::uint64_t>;
  static Key key(const TableArm& arm, std::uint64_t seed) {
    return {arm.partition, arm.partition.rfind("random:", 0) == 0 ? seed : 0};
  }
  std::map<Key, Partition> known_;
};

/// `predicted`: null to search by validation accuracies.
NasSearchResult search_once(const TableSearches& searches, const TableArm& arm, std::uint64_t seed,
                            const CellProblem& problem, const PredictedAccuracy* predicted, const Partition& partition,
                            const Scorer& scorer) {
  const SearchRequest& request = searches.request;
  const auto spent = static_cast<std::size_t>(predicted != nullptr ? request.predictor_cells : 0);
  const CellProblem* searched = &problem;
  CellProblem with_predictions;
  if (predicted != nullptr) {
    with_predictions = problem;
    with_predictions.accuracy = predicted->accuracy;
    with_predictions.predicted = true;
    searched = &with_predictions;
  }
  const CellSpace space(*searched, partition);
  TableEvaluator evaluator(*searched);
  const auto start = std::chrono::steady_clock::now();
  SearchLimits limits{.budget = std::min(static_cast<std::size_t>(request.budget) - spent, problem.candidates.size()),
                      .attempts = request.attempts};
  LlmSettings settings = llm_settings(request);
  settings.knowledge = arm.knowledge;
  settings.emphasis = arm.emphasis;
  std::optional<LlmCaller> llm;
  if (arm.language_model) llm.emplace(*searches.chat, settings, seed);
  const auto strategy = make_strategy(arm.strategy, {.space = space,
                                                     .evaluator = evaluator,
                                                     .budget = limits.budget,
                                                     .seed = seed,
                                                     .latency_limit_us = {},
                                                     .llm = llm ? &*llm : nullptr,
                                                     .llm_settings = settings,
                                                     .question = {}});
  Archive archive;
  // A proposal that the predictor was trained on is no new evaluation: the search goes on until all have the same
  // number.
  const auto is_known = [&](const Evaluation& evaluation) {
    return predicted != nullptr &&
           std::binary_search(predicted->trained_on.begin(), predicted->trained_on.end(), evaluation.candidate);
  };
  const std::size_t new_ones = limits.budget;
  SearchOutcome outcome;
  for (std::size_t before = 0; outcome.reason.empty() && before < limits.budget;) {
    before = limits.budget;
    outcome = run_search(*strategy, space, evaluator, archive, limits);
    if (outcome.failure) std::rethrow_exception(outcome.failure);
    const auto& all = archive.evaluations();
    const auto known = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_known));
    limits.budget = std::min(new_ones + known, problem.candidates.size());
  }
  NasSearchResult result;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const SearchCounts counts = count(archive.history());
  result.strategy = arm.name;
  result.seed = seed;
  result.proposals = counts.proposals;
  result.repeated = counts.repeated;
  result.invalid = counts.invalid + counts.unreadable;
  if (!outcome.reason.empty()) result.status = kFailed, result.reason = outcome.reason;
  if (llm) result.chat = llm->use();
  // Predictions are free: what is counted, and what the front is made of, are validation accuracies of the cells that
  // the predictor was trained on and of those that it led to.
  SearchTrace trace;
  const TableEvaluator measured(problem);
  std::unordered_set<Candidate> seen;
  const auto add = [&](Candidate candidate) {
    if (!problem.legal[candidate] || !seen.insert(candidate).second) return;
    Evaluation evaluation;
    evaluation.candidate = candidate;
    trace.order.push_back(candidate);
    trace.objectives.push_back(measured.objectives(evaluation));
  };
  if (predicted != nullptr) std::for_each(predicted->trained_on.begin(), predicted->trained_on.end(), add);
  for (const Evaluation& evaluation : archive.evaluations()) add(evaluation.candidate);
  result.evaluations = static_cast<std::int64_t>(trace.order.size());
  scorer.score(trace, kCurvePoints, result);
  return result;
}

}  // namespace

std::vector<NasSearchResult> search_pair(const TableSearches& searches, const CellProblem& problem,
                                         const NasSearchView& view, const std::vector<PredictedAccuracy>& predictors,
                                         const Scorer& scorer) {
  const SearchRequest& request = searches.request;
  const auto& seeds = searches.seeds;
  const Partitions partitions(searches, view, problem.device);
  TableStore store(request.out / "searches" / fmt::format("{}-{}.jsonl", problem.dataset, problem.device),
                   searches.settings);
  // What is not done yet of one seed.
  const auto run_open = [&](std::size_t s, bool language_model, const auto& done) {
    for (const TableArm& arm : searches.arms) {
      if (arm.language_model != language_model || arm.row.status != kPassed) continue;
      if (store.find(arm.name, seeds[s]) != nullptr) continue;
      const PredictedAccuracy* predicted = predictors.empty() || !arm.predictor ? nullptr : &predictors[s];
      done(search_once(searches, arm, seeds[s], problem, predicted, partitions.of(arm, seeds[s]), scorer));
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
  for (const TableArm& arm : searches.arms) {
    for (const std::uint64_t seed : seeds) {
      if (const auto* found = store.find(arm.name, seed)) all.push_back(*found);
    }
  }
  return all;
}

}  // namespace flnas::searches
