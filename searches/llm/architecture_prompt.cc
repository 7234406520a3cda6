#include "searches/llm/architecture_prompt.h"

#include <fmt/format.h>

#include <algorithm>

#include "searches/llm/search_text.h"

namespace flnas::searches {
namespace {

/// What is not of the front, the latest last.
std::string others_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                        const Front& front) {
  constexpr std::size_t kMostBytes = 6000;
  const auto& members = front.members();
  const auto& all = archive.evaluations();
  std::string text;
  for (auto e = all.rbegin(); e != all.rend(); ++e) {
    if (std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.candidate == e->candidate; }))
      continue;
    const std::string line = evaluated_line(space, evaluator, *e);
    if (text.size() + line.size() > kMostBytes) {
      text = "- and earlier ones\n" + text;
      break;
    }
    text = line + text;
  }
  return text;
}

}  // namespace

ChatMessages architecture_question(const PromptTemplate& prompt, const SearchSpace& space, const Evaluator& evaluator,
                                   const Turn& turn) {
  const Archive& archive = turn.archive;
  const auto& all = archive.evaluations();
  const Front front = front_of(archive);
  const auto without_end = [](std::string text) {
    if (!text.empty()) text.pop_back();
    return text;
  };
  return prompt.fill({{"space", space.describe()},
                      {"goal", evaluator.goal()},
                      {"noise", evaluator.noise(all)},
                      {"front", without_end(front_text(space, evaluator, archive, front))},
                      {"gaps", without_end(gaps_text(evaluator, archive, front))},
                      {"left", fmt::format("{} of {}", turn.left, all.size() + turn.left)},
                      {"history", without_end(others_text(space, evaluator, archive, front))}});
}

}  // namespace flnas::searches
