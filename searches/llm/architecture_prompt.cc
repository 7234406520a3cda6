#include "searches/llm/architecture_prompt.h"

#include <fmt/format.h>

#include "searches/core/front.h"
#include "searches/llm/niche_prompts.h"

namespace flnas::searches {

ChatMessages architecture_question(const PromptTemplate& prompt, const SearchSpace& space, const Evaluator& evaluator,
                                   const Archive& archive) {
  constexpr std::size_t kLatest = 6;
  const auto& all = archive.evaluations();
  Front front;
  for (const Evaluation& evaluation : all) {
    if (!evaluation.objectives.empty()) front.add(evaluation.candidate, evaluation.objectives);
  }
  std::string latest;
  for (std::size_t i = all.size() > kLatest ? all.size() - kLatest : 0; i < all.size(); ++i) {
    latest += fmt::format("- {}: {}\n", space.text(all[i].candidate), evaluator.figures(all[i]));
  }
  const auto without_end = [](std::string text) {
    if (!text.empty()) text.pop_back();
    return text;
  };
  return prompt.fill({{"space", space.describe()},
                      {"goal", evaluator.goal()},
                      {"front", without_end(front_text(space, evaluator, archive, front))},
                      {"history", without_end(latest)}});
}

}  // namespace flnas::searches
