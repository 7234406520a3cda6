#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "searches/llmnas/proposer.h"

namespace flnas::searches::llmnas {

struct CoevolutionSettings {
  int generations = 10;  ///< the budget is spread over so many, and over the random one before them
  int failures = 3;      ///< generations in a row without a new candidate, after which the search ends
};

struct CoevolutionOutcome {
  std::vector<Front> archives;  ///< one per niche
  Front merged;                 ///< the candidates of all archives that none of another one dominates
  int generations = 0;          ///< after the random one
  std::string reason;           ///< why it ended before the budget was used up; blank otherwise
};

/// Partitioned co-evolution:
///
///     generation 0: random candidates of every niche
///     generation 1, 2, ...: each niche: archive, last children -> proposer -> evaluation -> archive
///     end: archives -> non-dominated sorting -> merged front
///
/// Niches get equal shares of every generation; one that is exhausted leaves its share to later generations. The same
/// seed gives the same search however many niches are asked for at once, if the proposer answers the same.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: as many generations as it takes to use the budget up.
CoevolutionOutcome coevolve(Space& space, EvaluationLog& log, Proposer& proposer, std::uint64_t seed,
                            CoevolutionSettings settings = {});

}  // namespace flnas::searches::llmnas
