#include "searches/spaces/nas_bench_201/scoring.h"

#include <algorithm>
#include <set>

#include "harness/base/defined.h"
#include "harness/metrics/comparison/rank_correlation.h"
#include "searches/core/front.h"

namespace flnas::searches {
namespace {

constexpr metrics::Point::size_type kObjectives = 2;
constexpr std::size_t kTenths = 10;

}  // namespace

Scorer::Scorer(const CellProblem& problem, const NasScores& scores, NasColumn latency, std::optional<NasColumn> energy,
               NasColumn validation, const Partition& niches)
    : problem_(problem), scores_(scores), latency_(latency), energy_(energy), validation_(validation), niches_(niches) {
  std::vector<metrics::Point> all;
  std::vector<double> costs;
  for (const Candidate candidate : problem.candidates) {
    all.push_back({problem.cost[candidate], 100 - scores.test[candidate]});
    costs.push_back(problem.cost[candidate]);
  }
  bounds_ = metrics::bounds_of(all);
  for (const std::size_t at : metrics::pareto_front(all)) true_front_.push_back(problem.candidates[at]);
  std::sort(true_front_.begin(), true_front_.end(),
            [&](Candidate a, Candidate b) { return problem.cost[a] < problem.cost[b]; });
  for (const Candidate candidate : true_front_) true_points_.push_back(final_objectives(candidate));
  true_hypervolume_ = metrics::hypervolume(true_points_, metrics::Point(kObjectives, 1));
  std::sort(costs.begin(), costs.end());
  for (std::size_t i = 1; i <= kTenths && !costs.empty(); ++i)
    tenths_.push_back(costs[std::max<std::size_t>(i * costs.size() / kTenths, 1) - 1]);
}

metrics::Point Scorer::final_objectives(Candidate candidate) const {
  return bounds_.scaled({problem_.cost[candidate], 100 - scores_.test[candidate]});
}

NasPoint Scorer::point(Candidate candidate) const {
  NasPoint point;
  point.cell = candidate;
  point.niche = niches_.niche_of[candidate];
  point.accuracy = scores_.test[candidate];
  point.latency_ms = latency_[candidate];
  if (energy_) point.energy_mj = defined((*energy_)[candidate]);
  point.search_accuracy = validation_[candidate];
  return point;
}

NasPair Scorer::describe() const {
  NasPair pair;
  pair.dataset = problem_.dataset;
  pair.device = problem_.device;
  pair.candidates = static_cast<std::int64_t>(problem_.candidates.size());
  pair.unmeasurable = problem_.unmeasurable;
  pair.disconnected = problem_.disconnected;
  pair.low = bounds_.low;
  pair.high = bounds_.high;
  for (const Candidate candidate : true_front_) pair.true_front.push_back(point(candidate));
  pair.true_hypervolume = true_hypervolume_;
  return pair;
}

void Scorer::score(const SearchTrace& trace, std::size_t points, NasSearchResult& result) const {
  Front front;
  std::set<std::size_t> stops;
  for (std::size_t i = 1; i <= points; ++i) stops.insert(trace.order.size() * i / points);
  for (std::size_t i = 0; i < trace.order.size(); ++i) {
    front.add(trace.order[i], trace.objectives[i]);
    if (!stops.contains(i + 1)) continue;
    std::vector<metrics::Point> chosen;
    for (const auto& member : front.members()) chosen.push_back(final_objectives(member.candidate));
    result.curve.evaluations.push_back(static_cast<std::int64_t>(i + 1));
    result.curve.hypervolume.push_back(metrics::hypervolume(chosen, metrics::Point(kObjectives, 1)));
    result.curve.igd.push_back(metrics::igd(chosen, true_points_));
  }
  if (!trace.order.empty()) {
    result.hypervolume = result.curve.hypervolume.back();
    result.igd = result.curve.igd.back();
    if (true_hypervolume_ > 0) result.hypervolume_share = *result.hypervolume / true_hypervolume_;
  }
  NasCoverage& coverage = result.coverage;
  coverage.niche_evaluated.assign(niches_.niches.size(), 0);
  coverage.niche_front.assign(niches_.niches.size(), 0);
  coverage.cost_evaluated.assign(kTenths, 0);
  for (const Candidate candidate : trace.order) {
    ++coverage.niche_evaluated[static_cast<std::size_t>(niches_.niche_of[candidate])];
    const auto tenth = std::lower_bound(tenths_.begin(), tenths_.end(), problem_.cost[candidate]) - tenths_.begin();
    ++coverage.cost_evaluated[std::min(static_cast<std::size_t>(tenth), kTenths - 1)];
  }
  for (const auto& member : front.members()) {
    result.front.push_back(member.candidate);
    ++coverage.niche_front[static_cast<std::size_t>(niches_.niche_of[member.candidate])];
  }
}

Scorer make_scorer(const CellProblem& problem, const NasScores& scores, const NasSearchView& view,
                   const Partition& niches) {
  std::optional<NasColumn> energy;
  if (view.has_cost(problem.device, "energy")) energy = view.cost(problem.device, "energy");
  return {problem, scores, view.cost(problem.device, "latency"), energy, view.validation(), niches};
}

NasPredictor score_predictor(const PredictedAccuracy& predicted, const NasSearchView& view, const NasScores& scores,
                             const std::vector<Candidate>& candidates, std::uint64_t seed) {
  struct Columns {
    std::vector<double> predicted, truth;
    std::optional<double> spearman() const { return defined(metrics::spearman(predicted, truth)); }
  };
  Columns rest, with, without, final;
  for (const Candidate candidate : candidates) {
    if (std::binary_search(predicted.trained_on.begin(), predicted.trained_on.end(), candidate)) continue;
    const double value = predicted.accuracy[candidate];
    const auto add = [&](Columns& to, double truth) { to.predicted.push_back(value), to.truth.push_back(truth); };
    add(rest, view.validation()[candidate]);
    add(predicted.has_zc13[candidate] ? with : without, view.validation()[candidate]);
    add(final, scores.test[candidate]);
  }
  NasPredictor record;
  record.dataset = view.dataset();
  record.seed = seed;
  record.trained_on = static_cast<std::int64_t>(predicted.trained_on.size());
  record.features = predicted.features;
  record.spearman = rest.spearman();
  record.spearman_zc13 = with.spearman();
  record.spearman_other = without.spearman();
  record.spearman_test = final.spearman();
  record.seconds = predicted.seconds;
  return record;
}

}  // namespace flnas::searches
