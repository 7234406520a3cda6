#include "searches/llm/niche_prompts.h"

#include <fmt/format.h>

#include <algorithm>

namespace flnas::searches {
namespace {

constexpr std::size_t kMostParents = 10, kMostChildren = 20, kMostProblems = 20;

ChatMessage role() {
  return {"system",
          "You are an expert in neural architecture search. You answer with one JSON object and nothing else."};
}

std::string candidate_line(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                           const Child& child) {
  const std::string reason = child.rationale.empty() ? "" : fmt::format("; proposed because: {}", child.rationale);
  return fmt::format("- {}: {}{}\n", space.text(child.candidate), evaluator.figures(*archive.find(child.candidate)),
                     reason);
}

std::string rules_text(const Rules& rules) {
  std::string text;
  for (const auto& rule : rules.positive) text += fmt::format("+ {}\n", rule);
  for (const auto& rule : rules.negative) text += fmt::format("- {}\n", rule);
  return text;
}

std::string task_text(const NicheView& view) {
  return fmt::format("{}\nThe search is for {}.\nThis part of the space holds the architectures with {}.\n",
                     view.space.describe(), view.evaluator.goal(), view.space.niche_text(view.niche));
}

std::string parents_text(const NicheView& view) {
  return front_text(view.space, view.evaluator, view.archive, view.front);
}

}  // namespace

std::string front_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                       const Front& front) {
  std::string text;
  const std::size_t count = std::min(kMostParents, front.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = count == 1 ? 0 : i * (front.size() - 1) / (count - 1);
    text += candidate_line(space, evaluator, archive, {front.members()[at].candidate, ""});
  }
  return text;
}

std::vector<ChatMessage> knowledge_prompt(const NicheView& view, const Rules& rules) {
  std::string user = task_text(view);
  user += rules.empty() ? "\nNo design rules are known yet.\n"
                        : "\nDesign rules so far (+ helps, - to be avoided):\n" + rules_text(rules);
  user += "\nThe last generation:\n";
  for (std::size_t i = 0; i < std::min(kMostChildren, view.last.size()); ++i)
    user += candidate_line(view.space, view.evaluator, view.archive, view.last[i]);
  user += "\nThe best trade-offs so far:\n" + parents_text(view);
  user +=
      "\nUpdate the rules: keep what these results support, drop or correct what they contradict, add what they show. "
      "At most "
      "ten of each kind, short and concrete. Answer with\n"
      "{\"positive\": [\"what helps\", ...], \"negative\": [\"what to avoid\", ...]}";
  return {role(), {"user", user}};
}

std::vector<ChatMessage> proposal_prompt(const NicheView& view, const Rules& rules, Emphasis emphasis) {
  std::string user = task_text(view);
  if (emphasis == Emphasis::kCost) user += "Above all the cost has to be as low as possible; accuracy comes second.\n";
  if (!view.front.empty()) user += "\nParents, the best trade-offs so far:\n" + parents_text(view);
  if (!rules.empty()) user += "\nDesign rules (+ helps, - to be avoided):\n" + rules_text(rules);
  user += fmt::format(
      "\nPropose {} new architectures of this part of the space that were not evaluated before. Make each one, with "
      "equal "
      "probability, by crossover of two parents or by mutation of one, and say why in one sentence. Answer with\n"
      "{{\"children\": [{{\"architecture\": \"...\", \"operator\": \"crossover or mutation\", \"rationale\": "
      "\"...\"}}, ...]}}",
      view.wanted);
  return {role(), {"user", user}};
}

std::string refusal_text(const std::vector<std::string>& problems, std::size_t missing) {
  std::string text = "These were refused:\n";
  for (std::size_t i = 0; i < std::min(kMostProblems, problems.size()); ++i) text += fmt::format("- {}\n", problems[i]);
  if (problems.size() > kMostProblems) text += fmt::format("- and {} more\n", problems.size() - kMostProblems);
  return text + fmt::format("Propose {} other ones, in the same form.", missing);
}

}  // namespace flnas::searches
