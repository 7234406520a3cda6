#include "searches/llm/architecture_prompt.h"

#include "searches/llm/search_text.h"

namespace flnas::searches {

ChatMessages architecture_question(const PromptTemplate& prompt, const SearchSpace& space, const Evaluator& evaluator,
                                   const Archive& archive) {
  constexpr std::size_t kLatest = 6;
  const auto& all = archive.evaluations();
  const Front front = front_of(archive);
  std::string latest;
  for (std::size_t i = all.size() > kLatest ? all.size() - kLatest : 0; i < all.size(); ++i) {
    latest += evaluated_line(space, evaluator, all[i]);
  }
  const auto without_end = [](std::string text) {
    if (!text.empty()) text.pop_back();
    return text;
  };
  return prompt.fill({{"space", space.describe()},
                      {"goal", evaluator.goal()},
                      {"noise", evaluator.noise(all)},
                      {"front", without_end(front_text(space, evaluator, archive, front))},
                      {"gaps", without_end(gaps_text(evaluator, archive, front))},
                      {"history", without_end(latest)}});
}

}  // namespace flnas::searches
