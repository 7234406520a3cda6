#pragma once

#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/core/search_strategy.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

inline constexpr char kArchitecturePrompt[] = "searches/llm/prompts/architecture.txt";

/// FL-NAS's question on any space: the space describes itself and the evaluator its goal, then come what is left of the
/// budget, the best trade-offs and all other candidates with their figures. A pure function, bounded in length.
ChatMessages architecture_question(const PromptTemplate& prompt, const SearchSpace& space, const Evaluator& evaluator,
                                   const Turn& turn);

}  // namespace flnas::searches
