#include "searches/strategies/breeding.h"

#include <algorithm>

namespace flnas::searches {

bool Breeding::fits(Candidate candidate) const {
  return space_.niche_of(candidate) == niche_ && !archive_.has(candidate) && space_.is_valid(candidate);
}

std::vector<Candidate> Breeding::children(std::size_t wanted, Random& random) const {
  constexpr int kTries = 50;
  const auto& parents = front_.members();
  std::vector<Candidate> chosen;
  const auto parent = [&] { return parents[random.below(parents.size())].candidate; };
  while (chosen.size() < wanted) {
    std::optional<Candidate> found;
    for (int i = 0; i < kTries && !found && !parents.empty(); ++i) {
      const bool cross = parents.size() > 1 && random.below(2) == 0;
      const Candidate child = cross ? space_.crossover(parent(), parent(), random) : space_.mutate(parent(), random);
      const bool is_new = std::find(chosen.begin(), chosen.end(), child) == chosen.end();
      if (is_new && fits(child)) found = child;
    }
    if (!found) found = drawing_.sample(archive_, niche_, random, chosen);
    if (!found) break;
    chosen.push_back(*found);
  }
  return chosen;
}

Breeding::BredChild Breeding::child_of_two_parents(Random& random) const {
  constexpr int kTries = 200;
  std::vector<const Evaluation*> parents;
  for (const auto& member : front_.members()) parents.push_back(archive_.find(member.candidate));
  std::sort(parents.begin(), parents.end());
  for (int i = 0; i < kTries && !parents.empty(); ++i) {
    const Candidate first = parents[random.below(parents.size())]->candidate;
    const Candidate second = parents[random.below(parents.size())]->candidate;
    const bool cross = first != second && random.below(2) == 0;
    const Candidate child = cross ? space_.crossover(first, second, random) : space_.mutate(first, random);
    if (!fits(child)) continue;
    return {child, cross ? std::vector{first, second} : std::vector{first}};
  }
  return {drawing_.sample(archive_, niche_, random), {}};
}

}  // namespace flnas::searches
