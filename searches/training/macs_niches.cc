#include "searches/training/macs_niches.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "harness/metrics/pareto.h"
#include "searches/core/best.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kSample = 1000;
constexpr int kMostDraws = 100'000;

/// By the latency only where each has one.
bool all_have_latency(const std::vector<const Evaluation*>& evaluations) {
  return std::all_of(evaluations.begin(), evaluations.end(),
                     [](const Evaluation* e) { return e->cost.latency_us.has_value(); });
}

std::vector<metrics::Point> points_of(const std::vector<const Evaluation*>& evaluations, const Objectives& objectives) {
  std::vector<metrics::Point> points;
  for (const Evaluation* evaluation : evaluations) points.push_back(point_of(*evaluation, objectives));
  return points;
}

/// Names of those that no other one beats in all objectives.
std::vector<std::string> front_names(const std::vector<const Evaluation*>& evaluations, const Objectives& objectives) {
  std::vector<std::string> names;
  for (const std::size_t at : metrics::pareto_front(points_of(evaluations, objectives))) {
    names.push_back(evaluations[at]->name);
  }
  return names;
}

}  // namespace

std::size_t MacsNiches::of(std::int64_t macs) const {
  const auto above = std::upper_bound(least.begin() + 1, least.end(), macs);
  return static_cast<std::size_t>(above - least.begin() - 1);
}

std::string MacsNiches::text(std::size_t niche) const {
  if (count() == 1) return "any number of multiply-accumulates";
  const std::string low = fmt::format("at least {}", with_thousands(least[niche]));
  if (niche + 1 == count()) return low + " multiply-accumulates";
  const std::string high = fmt::format("below {} multiply-accumulates", with_thousands(least[niche + 1]));
  return niche == 0 ? high : low + " and " + high;
}

MacsNiches find_macs_niches(const SearchSpace& space, int count) {
  if (count < 1 || count > 20) throw ConfigError(fmt::format("--niches macs:{}: from 1 to 20 niches", count));
  MacsNiches niches;
  niches.least = {0};
  if (count == 1) return niches;
  Random random(20251001);
  std::vector<std::int64_t> macs;
  for (int draw = 0; draw < kMostDraws && macs.size() < kSample; ++draw) {
    const auto candidate = space.sample(SearchSpace::kAnywhere, random);
    if (space.is_valid(*candidate)) macs.push_back(space.cost(*candidate).macs);
  }
  std::sort(macs.begin(), macs.end());
  for (int i = 1; i < count && !macs.empty(); ++i) {
    const std::int64_t value = macs[static_cast<std::size_t>(i) * macs.size() / static_cast<std::size_t>(count)];
    if (value > niches.least.back()) niches.least.push_back(value);
  }
  if (niches.count() < static_cast<std::size_t>(count)) {
    throw ConfigError(fmt::format(
        "--niches macs:{}: the choices give designs of only {} sizes apart; take fewer niches", count, niches.count()));
  }
  return niches;
}

std::string cnn_figures(const Evaluation& evaluation) {
  const auto share = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : "unknown";
  };
  const DesignCost& cost = evaluation.cost;
  const std::string latency = cost.latency_us ? fmt::format(", {:.0f} us", *cost.latency_us) : "";
  const DesignScores& scores = evaluation.scores;
  const std::string weakest = scores.worst_group_name ? fmt::format(" (weakest group {}: {})", *scores.worst_group_name,
                                                                    share(scores.worst_group))
                                                      : "";
  return fmt::format("accuracy {}, balanced {}{}, Unfairness {}, {} parameters, {} multiply-accumulates{}",
                     share(scores.accuracy), share(scores.balanced_accuracy), weakest, share(scores.unfairness_sum),
                     with_thousands(cost.parameters), with_thousands(cost.macs), latency);
}

SearchPartition summarise_niches(const History& history, const MacsNiches& niches, const Objectives& chosen) {
  auto evaluations = usable(history.evaluations);
  const Objectives objectives = chosen.empty() ? usual_objectives(all_have_latency(evaluations)) : chosen;
  std::erase_if(evaluations, [&](const Evaluation* evaluation) { return point_of(*evaluation, objectives).empty(); });
  SearchPartition partition;
  partition.objectives = objective_names(objectives);
  for (std::size_t niche = 0; niche < niches.count(); ++niche) {
    std::vector<const Evaluation*> members;
    for (const Evaluation* evaluation : evaluations) {
      if (niches.of(evaluation->cost.macs) == niche) members.push_back(evaluation);
    }
    partition.niches.push_back({.least_macs = niches.least[niche],
                                .evaluated = static_cast<std::int64_t>(members.size()),
                                .archive = front_names(members, objectives)});
  }
  partition.merged = front_names(evaluations, objectives);
  const auto points = points_of(evaluations, objectives);
  const metrics::Bounds bounds = metrics::bounds_of(points);
  std::vector<metrics::Point> scaled;
  for (const auto& point : points) scaled.push_back(bounds.scaled(point));
  if (!points.empty()) partition.hypervolume = metrics::hypervolume(scaled, metrics::Point(points[0].size(), 1));
  return partition;
}

}  // namespace flnas::searches
