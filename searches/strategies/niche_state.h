#pragma once

#include <cstddef>
#include <vector>

#include "searches/core/front.h"
#include "searches/core/search_space.h"
#include "searches/llm/niche_prompts.h"

namespace flnas::searches {

/// The state of a niche in LLM-NAS.
struct NicheState {
  Front front;
  std::vector<Child> last;    ///< evaluated in the generation before
  std::vector<Child> fresh;   ///< evaluated since
  Rules rules;                ///< a language model's
  std::size_t evaluated = 0;  ///< all that were
};

/// How many of `count` candidates each niche contributes: as evenly as possible, starting with another niche in each
/// generation. The share of a niche without enough members left goes to the next ones; less than `count` in all if the
/// whole space is exhausted.
std::vector<std::size_t> shares_of(const SearchSpace& space, const std::vector<NicheState>& niches,
                                   std::size_t generation, std::size_t count);

}  // namespace flnas::searches
