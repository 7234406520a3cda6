#include "searches/proxies/proxy_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "searches/proxies/proxy_evaluator.h"

namespace flnas::searches {
namespace {

/// One that was evaluated.
struct Design {
  const Evaluation* evaluation;
  Candidate candidate;
  metrics::Point objectives;
};

Design design_of(const SearchSpace& space, const History& history, const Evaluation& evaluation,
                 const std::vector<std::string>& proxies) {
  const Reading read = space.parse(history.design_of(evaluation));
  if (!read.candidate) {
    throw DataError(fmt::format("archive.jsonl: {} is no design of space {}", evaluation.hash, space.name()));
  }
  return {&evaluation, *read.candidate, proxy_objectives(evaluation, proxies)};
}

ProxyPoint point_of(const SearchSpace& space, const Design& design, const std::vector<std::string>& proxies,
                    const std::map<std::string, double>& accuracies) {
  const Evaluation& evaluation = *design.evaluation;
  const CostEstimate cost = space.cost(design.candidate);
  ProxyPoint point;
  point.name = evaluation.name;
  point.design = space.canonical(design.candidate);
  point.niche = space.niche_of(design.candidate);
  point.parameters = cost.parameters;
  point.macs = cost.macs;
  if (evaluation.cost.latency_us) point.latency_ms = *evaluation.cost.latency_us * 1e-3;
  point.mistrust = evaluation.cost.latency_reason;
  for (const auto& name : proxies) {
    const auto found = evaluation.proxies.find(name);
    point.proxies.at(name) = found == evaluation.proxies.end() ? std::nullopt : std::optional(found->second);
  }
  const auto accuracy = accuracies.find(space.text(design.candidate));
  if (accuracy != accuracies.end()) point.accuracy = accuracy->second;
  return point;
}

/// Those that no other one dominates, by their objectives.
std::vector<Design> front_of(const std::vector<Design>& designs) {
  std::vector<metrics::Point> points;
  for (const Design& design : designs) points.push_back(design.objectives);
  auto front = metrics::pareto_front(points);
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  std::vector<Design> found;
  for (const std::size_t at : front) found.push_back(designs[at]);
  return found;
}

}  // namespace

ProxySummary summarise_proxies(const SearchSpace& space, const History& history,
                               const std::vector<std::string>& proxies,
                               const std::map<std::string, double>& accuracies) {
  std::vector<Design> all;
  for (const Evaluation& evaluation : history.evaluations) {
    all.push_back(design_of(space, history, evaluation, proxies));
  }
  ProxySummary summary;
  const auto front = front_of(all);
  for (int niche = 0; niche < space.niches(); ++niche) {
    const auto inside = [&](const Design& design) { return space.niche_of(design.candidate) == niche; };
    std::vector<Design> members;
    std::copy_if(all.begin(), all.end(), std::back_inserter(members), inside);
    summary.niches.push_back({.name = space.niche_text(niche),
                              .evaluated = static_cast<std::int64_t>(members.size()),
                              .archive = static_cast<std::int64_t>(front_of(members).size()),
                              .front = std::count_if(front.begin(), front.end(), inside)});
  }
  for (const Design& design : front) summary.front.push_back(point_of(space, design, proxies, accuracies));
  for (const Design& design : all) summary.points.push_back(point_of(space, design, proxies, accuracies));
  return summary;
}

}  // namespace flnas::searches
