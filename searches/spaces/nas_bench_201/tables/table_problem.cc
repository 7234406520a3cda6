#include "searches/spaces/nas_bench_201/tables/table_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace flnas::searches {
namespace {

constexpr std::size_t kCurvePoints = 20;

std::pair<std::string, std::uint64_t> partition_key(const Configuration& configuration, std::uint64_t seed) {
  return {configuration.niches, configuration.niches.rfind("random:", 0) == 0 ? seed : 0};
}

CellWords words_of(const SearchRun& run) {
  return run.configuration.anonymous ? CellWords::anonymous(run.seed) : CellWords::published();
}

/// What a run searches, as long as it needs it.
struct TableRun {
  TableRun(CellProblem searched, const Partition& partition, const SearchRun& run)
      : cells(std::move(searched)),
        space(cells, partition, words_of(run)),
        evaluator(cells, run.configuration.anonymous) {}
  CellProblem cells;
  CellSpace space;
  TableEvaluator evaluator;
};

/// Predictions are free: what is counted, and what the front is made of, are validation accuracies of the cells that
/// the predictor was trained on and of those that it led to.
SearchTrace trace_of(const CellProblem& cells, const PredictedAccuracy* predicted, const History& history) {
  SearchTrace trace;
  const TableEvaluator measured(cells);
  std::unordered_set<Candidate> seen;
  const auto add = [&](Candidate candidate) {
    if (!cells.legal[candidate] || !seen.insert(candidate).second) return;
    Evaluation evaluation;
    evaluation.candidate = candidate;
    trace.order.push_back(candidate);
    trace.objectives.push_back(measured.objectives(evaluation));
  };
  if (predicted != nullptr) std::for_each(predicted->trained_on.begin(), predicted->trained_on.end(), add);
  for (const Evaluation& evaluation : history.evaluations) add(evaluation.candidate);
  return trace;
}

}  // namespace

TableProblem::TableProblem(const SearchPlan& plan, CellProblem cells, const NasSearchView& view,
                           const NasScores& scores, const std::vector<PredictedAccuracy>& predictions,
                           const Partition& niches, const Json& settings)
    : plan_(plan),
      cells_(std::move(cells)),
      predictions_(predictions),
      scorer_(make_scorer(cells_, scores, view, niches)),
      kept_(plan.request.out / "searches" / fmt::format("{}-{}.jsonl", cells_.dataset, cells_.device), settings) {
  for (const Configuration& configuration : plan.configurations) {
    for (const std::uint64_t seed : plan.seeds) {
      const auto key = partition_key(configuration, seed);
      if (partitions_.contains(key)) continue;
      partitions_.emplace(key, make_partition(configuration.niches, view, seed, cells_.device));
    }
  }
}

const PredictedAccuracy* TableProblem::predicted(const SearchRun& run) const {
  if (predictions_.empty() || !run.configuration.predictor) return nullptr;
  const auto seed = std::find(plan_.seeds.begin(), plan_.seeds.end(), run.seed);
  return &predictions_.at(static_cast<std::size_t>(seed - plan_.seeds.begin()));
}

Searched TableProblem::open(const SearchRun& run) const {
  CellProblem searched = cells_;
  const PredictedAccuracy* predicted = this->predicted(run);
  if (predicted != nullptr) {
    searched.accuracy = predicted->accuracy;
    searched.predicted = true;
  }
  const Partition& partition = partitions_.at(partition_key(run.configuration, run.seed));
  const auto shared = std::make_shared<TableRun>(std::move(searched), partition, run);
  const std::int64_t spent = predicted != nullptr ? plan_.request.own.of<TableSettings>().predictor_cells : 0;
  SearchLimits limits;
  limits.most = cells_.candidates.size();
  limits.budget = std::min(static_cast<std::size_t>(plan_.request.budget - spent), limits.most);
  if (predicted != nullptr) {
    limits.is_known = [&known = predicted->trained_on](Candidate candidate) {
      return std::binary_search(known.begin(), known.end(), candidate);
    };
  }
  return {.space = {shared, &shared->space}, .evaluator = {shared, &shared->evaluator}, .limits = std::move(limits)};
}

Json TableProblem::end(const SearchRun& run, const RunState& state) {
  if (state.outcome.failure) std::rethrow_exception(state.outcome.failure);
  const SearchCounts counts = count(state.history);
  NasSearchResult result;
  result.strategy = run.configuration.name;
  result.seed = run.seed;
  if (!state.outcome.reason.empty()) result.status = kFailed, result.reason = state.outcome.reason;
  result.seconds = state.seconds;
  result.proposals = counts.proposals;
  result.repeated = counts.repeated;
  result.invalid = counts.invalid + counts.unreadable;
  result.chat = state.chat;
  const SearchTrace trace = trace_of(cells_, predicted(run), state.history);
  result.evaluations = static_cast<std::int64_t>(trace.order.size());
  scorer_.score(trace, kCurvePoints, result);
  const std::lock_guard lock(mutex_);
  ended_.push_back(std::move(result));
  return nullptr;
}

void TableProblem::flush() {
  const std::lock_guard lock(mutex_);
  kept_.add(ended_);
  ended_.clear();
}

NasPair TableProblem::scored() const {
  NasPair pair = scorer_.describe();
  std::set<std::int64_t> cells;
  for (const Configuration& configuration : plan_.configurations) {
    for (const std::uint64_t seed : plan_.seeds) {
      const NasSearchResult* found = kept_.find(configuration.name, seed);
      if (found == nullptr) continue;
      pair.searches.push_back(*found);
      cells.insert(found->front.begin(), found->front.end());
    }
  }
  for (const std::int64_t cell : cells) pair.points.push_back(scorer_.point(static_cast<Candidate>(cell)));
  return pair;
}

}  // namespace flnas::searches
