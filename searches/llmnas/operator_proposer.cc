#include <algorithm>

#include "searches/llmnas/proposer.h"

namespace flnas::searches::llmnas {

Proposal OperatorProposer::propose(const NicheView& view, Random& random) {
  constexpr int kTries = 50;
  const auto& parents = view.front.members();
  std::vector<Candidate> chosen;
  const auto parent = [&] { return parents[random.below(parents.size())].candidate; };
  const auto is_new = [&](Candidate candidate) {
    return space_.niche_of(candidate) == view.niche && !view.log.has(candidate) &&
           std::find(chosen.begin(), chosen.end(), candidate) == chosen.end() && space_.violation(candidate).empty();
  };
  while (chosen.size() < view.wanted) {
    std::optional<Candidate> found;
    for (int i = 0; i < kTries && !found && !parents.empty(); ++i) {
      const bool cross = parents.size() > 1 && random.below(2) == 0;
      const Candidate child = cross ? space_.crossover(parent(), parent(), random) : space_.mutate(parent(), random);
      if (is_new(child)) found = child;
    }
    if (!found) found = sample_new(space_, view.log, view.niche, random, chosen);
    if (!found) break;
    chosen.push_back(*found);
  }
  Proposal proposal;
  for (const Candidate candidate : chosen) proposal.children.push_back({.candidate = candidate, .rationale = ""});
  return proposal;
}

}  // namespace flnas::searches::llmnas
