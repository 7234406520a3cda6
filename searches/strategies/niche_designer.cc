#include "searches/strategies/niche_designer.h"

#include "harness/base/random.h"
#include "harness/metrics/pareto.h"
#include "searches/core/best.h"
#include "searches/spaces/cnn/sample.h"

namespace flnas::searches {

std::size_t niche_of_round(int round, const MacsNiches& niches) {
  return static_cast<std::size_t>(round - 1) % niches.count();
}

std::vector<const Evaluation*> niche_archive(const History& history, const MacsNiches& niches, std::size_t niche) {
  const auto all = usable(history.evaluations);
  const bool with_latency = all_have_latency(all);
  std::vector<const Evaluation*> members;
  std::vector<metrics::Point> points;
  for (const Evaluation* evaluation : all) {
    if (niches.of(evaluation->cost.macs) != niche) continue;
    members.push_back(evaluation);
    points.push_back(objectives_of(*evaluation, with_latency));
  }
  std::vector<const Evaluation*> archive;
  for (const std::size_t at : metrics::pareto_front(points)) archive.push_back(members[at]);
  return archive;
}

Answer NicheDesigner::propose(const History& history, int round, int attempt) {
  constexpr int kTries = 200, kDraws = 5000;
  Random random(mix_seed(mix_seed(seed_, static_cast<std::uint64_t>(round)), static_cast<std::uint64_t>(attempt)));
  const Choices& choices = validator_.space().choices;
  const std::size_t niche = niche_of_round(round, niches_);
  const auto archive = niche_archive(history, niches_, niche);
  Answer answer;
  const auto fits = [&](const Json& proposal) {
    const Finding finding = validator_.judge(proposal, history);
    return finding.verdict == kValid && niches_.of(finding.estimate.macs) == niche;
  };
  for (int i = 0; i < kTries && !archive.empty(); ++i) {
    const Evaluation* first = archive[random.below(archive.size())];
    const Evaluation* second = archive[random.below(archive.size())];
    const bool cross = first != second && random.below(2) == 0;
    answer.proposal = cross ? crossover(history.design_of(*first), history.design_of(*second), choices, random)
                            : mutate(history.design_of(*first), choices, random);
    answer.memo = {{"niche", niche}, {"parents", {first->name}}};
    if (cross) answer.memo["parents"].push_back(second->name);
    if (fits(answer.proposal)) return answer;
  }
  answer.memo = {{"niche", niche}, {"parents", Json::array()}};
  for (int i = 0; i < kDraws; ++i) {
    answer.proposal = sample(choices, random);
    if (fits(answer.proposal)) break;
  }
  return answer;
}

}  // namespace flnas::searches
