#pragma once

#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

inline constexpr char kArchitecturePrompt[] = "searches/llm/prompts/architecture.txt";

/// FL-NAS's question on any space: the space describes itself and the evaluator its goal, then come the best trade-offs
/// and the latest candidates with their figures. A pure function, bounded in length.
ChatMessages architecture_question(const PromptTemplate& prompt, const SearchSpace& space, const Evaluator& evaluator,
                                   const Archive& archive);

}  // namespace flnas::searches
