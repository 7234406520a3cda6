#include "harness/cli/transformers/summary.h"

#include <algorithm>

#include "harness/metrics/pareto.h"
#include "harness/nn/autoformer/autoformer.h"
#include "searches/spaces/autoformer/transformer_operators.h"

namespace flnas::cli {
namespace {

using searches::TransformerSpace;
using searches::llmnas::Candidate;

Json point_of(const TransformerSpace& space, Candidate candidate, const nn::ModelOptions& options,
              const std::map<std::string, double>& accuracies) {
  const nn::AutoFormer subnet = space.subnet(candidate);
  const searches::SubnetFigures& figures = space.evaluated(candidate);
  const std::string text = searches::subnet_text(subnet);
  const auto accuracy = accuracies.find(text);
  return {{"subnet", text},
          {"niche", space.niche_of(candidate)},
          {"parameters", nn::parameters_of(subnet, options)},
          {"macs", nn::macs_of(subnet, options).total()},
          {"latency_ms", figures.latency_ms},
          {"mistrust", figures.mistrust},
          {"proxies", figures.proxies},
          {"accuracy", accuracy == accuracies.end() ? Json() : Json(accuracy->second)}};
}

/// Those that no other one dominates, by their objectives.
std::vector<Candidate> front_of(TransformerSpace& space, const std::vector<Candidate>& candidates) {
  std::vector<metrics::Point> points;
  for (const Candidate candidate : candidates) points.push_back(space.objectives(candidate));
  auto front = metrics::pareto_front(points);
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  std::vector<Candidate> found;
  for (const std::size_t at : front) found.push_back(candidates[at]);
  return found;
}

}  // namespace

Json summarise_subnets(TransformerSpace& space, const std::vector<Candidate>& order, const nn::ModelOptions& options,
                       const std::map<std::string, double>& accuracies) {
  Json summary{{"niches", Json::array()}, {"front", Json::array()}, {"points", Json::array()}};
  const auto front = front_of(space, order);
  for (int niche = 0; niche < space.niches(); ++niche) {
    const auto inside = [&](Candidate candidate) { return space.niche_of(candidate) == niche; };
    std::vector<Candidate> members;
    std::copy_if(order.begin(), order.end(), std::back_inserter(members), inside);
    summary["niches"].push_back({{"name", space.niche_text(niche)},
                                 {"evaluated", members.size()},
                                 {"archive", front_of(space, members).size()},
                                 {"front", std::count_if(front.begin(), front.end(), inside)}});
  }
  for (const Candidate candidate : front) summary["front"].push_back(point_of(space, candidate, options, accuracies));
  for (const Candidate candidate : order) summary["points"].push_back(point_of(space, candidate, options, accuracies));
  return summary;
}

}  // namespace flnas::cli
