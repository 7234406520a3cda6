#include "searches/strategies/niche_state.h"

namespace flnas::searches {

std::vector<std::size_t> shares_of(const SearchSpace& space, const std::vector<NicheState>& niches,
                                   std::size_t generation, std::size_t count) {
  std::vector<std::size_t> shares(niches.size(), 0);
  for (bool found = true; count > 0 && found;) {
    found = false;
    for (std::size_t i = 0; i < niches.size() && count > 0; ++i) {
      const std::size_t niche = (i + generation) % niches.size();
      const auto size = space.niche_size(static_cast<int>(niche));
      if (size && niches[niche].evaluated + shares[niche] >= *size) continue;
      ++shares[niche], --count, found = true;
    }
  }
  return shares;
}

}  // namespace flnas::searches
