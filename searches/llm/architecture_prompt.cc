#include "searches/llm/architecture_prompt.h"

#include <fmt/format.h>

#include "searches/llm/search_text.h"

namespace flnas::searches {
namespace {

/// What `told` does not tell, the latest last.
std::string others_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                        const std::string& told) {
  constexpr std::size_t kMostBytes = 6000;
  const auto& all = archive.evaluations();
  std::string text;
  for (auto e = all.rbegin(); e != all.rend(); ++e) {
    const std::string line = evaluated_line(space, evaluator, *e);
    if (told.find(line) != told.npos) continue;
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
  const std::string best = front_text(space, evaluator, archive, front, kMostOfWhole);
  std::vector<Candidate> last;
  if (!all.empty()) last.push_back(all.back().candidate);
  const auto without_end = [](std::string text) {
    if (!text.empty()) text.pop_back();
    return text;
  };
  return prompt.fill(
      {{"space", space.describe()},
       {"goal", evaluator.goal()},
       {"noise", evaluator.noise(all)},
       {"cost_source", evaluator.cost_source(all)},
       {"front", without_end(best)},
       {"hypervolume", without_end(hypervolume_text(space, evaluator, archive, front, "The last answer", last))},
       {"gaps", without_end(gaps_text(evaluator, archive, front))},
       {"left", fmt::format("{} of {}", turn.left, all.size() + turn.left)},
       {"history", without_end(others_text(space, evaluator, archive, best))}});
}

}  // namespace flnas::searches
