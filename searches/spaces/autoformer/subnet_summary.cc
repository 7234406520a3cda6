#include "searches/spaces/autoformer/subnet_summary.h"

#include <algorithm>

#include "searches/spaces/autoformer/proxy_evaluator.h"

namespace flnas::searches {
namespace {

/// One that was evaluated.
struct Subnet {
  const Evaluation* evaluation;
  Candidate candidate;
  metrics::Point objectives;
};

Json point_of(const AutoFormerSearchSpace& space, const Subnet& subnet, const std::vector<std::string>& proxies,
              const std::map<std::string, double>& accuracies) {
  const std::string text = space.text(subnet.candidate);
  const auto accuracy = accuracies.find(text);
  const CostEstimate cost = space.cost(subnet.candidate);
  Json values = Json::object();
  for (const auto& name : proxies) {
    const auto found = subnet.evaluation->proxies.find(name);
    values[name] = found == subnet.evaluation->proxies.end() ? Json() : Json(found->second);
  }
  return {{"subnet", text},
          {"niche", space.niche_of(subnet.candidate)},
          {"parameters", cost.parameters},
          {"macs", cost.macs},
          {"latency_ms", subnet.objectives[0]},
          {"mistrust", subnet.evaluation->cost.latency_reason},
          {"proxies", values},
          {"accuracy", accuracy == accuracies.end() ? Json() : Json(accuracy->second)}};
}

/// Those that no other one dominates, by their objectives.
std::vector<Subnet> front_of(const std::vector<Subnet>& subnets) {
  std::vector<metrics::Point> points;
  for (const Subnet& subnet : subnets) points.push_back(subnet.objectives);
  auto front = metrics::pareto_front(points);
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  std::vector<Subnet> found;
  for (const std::size_t at : front) found.push_back(subnets[at]);
  return found;
}

}  // namespace

Json summarise_subnets(const AutoFormerSearchSpace& space, const History& history,
                       const std::vector<std::string>& proxies, const std::map<std::string, double>& accuracies) {
  std::vector<Subnet> all;
  for (const Evaluation& evaluation : history.evaluations) {
    all.push_back(
        {&evaluation, *space.parse(history.design_of(evaluation)).candidate, subnet_objectives(evaluation, proxies)});
  }
  Json summary{{"niches", Json::array()}, {"front", Json::array()}, {"points", Json::array()}};
  const auto front = front_of(all);
  for (int niche = 0; niche < space.niches(); ++niche) {
    const auto inside = [&](const Subnet& subnet) { return space.niche_of(subnet.candidate) == niche; };
    std::vector<Subnet> members;
    std::copy_if(all.begin(), all.end(), std::back_inserter(members), inside);
    summary["niches"].push_back({{"name", space.niche_text(niche)},
                                 {"evaluated", members.size()},
                                 {"archive", front_of(members).size()},
                                 {"front", std::count_if(front.begin(), front.end(), inside)}});
  }
  for (const Subnet& subnet : front) summary["front"].push_back(point_of(space, subnet, proxies, accuracies));
  for (const Subnet& subnet : all) summary["points"].push_back(point_of(space, subnet, proxies, accuracies));
  return summary;
}

}  // namespace flnas::searches
