#include "searches/llm/niche_prompts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/random.h"
#include "harness/base/text.h"
#include "searches/llm/search_text.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostChildren = 12, kMostParents = 8, kMostKnown = 14, kMostNiches = 12, kMostProblems = 20;
constexpr std::size_t kMostReason = 120, kMostCandidate = 300, kMostRules = 4500;  ///< bytes

ChatMessage role() {
  return {"system",
          "You are an expert in neural architecture search. You answer with one JSON object and nothing else."};
}

std::string child_line(const NicheView& view, const Child& child) {
  std::string line = evaluated_line(view.space, view.evaluator, *view.archive.find(child.candidate));
  if (child.rationale.empty()) return line;
  line.pop_back();
  return line + fmt::format("; proposed because: {}\n", one_line(child.rationale, kMostReason));
}

/// As many as fit into `left` bytes, which it takes.
std::string list(const char* mark, const std::vector<std::string>& texts, std::size_t& left) {
  std::string text;
  for (const auto& item : texts) {
    if (item.size() > left) break;
    left -= item.size();
    text += fmt::format("{} {}\n", mark, item);
  }
  return text;
}

std::string rules_text(const Rules& rules) {
  std::string text;
  std::size_t left = kMostRules;
  if (!rules.positive.empty() || !rules.negative.empty()) {
    text += "\nDesign rules, from results (+ helps, - to be avoided):\n";
    text += list("+", rules.positive, left);
    text += list("-", rules.negative, left);
  }
  if (!rules.ideas.empty()) text += "\nIdeas that no result supports yet:\n" + list("?", rules.ideas, left);
  return text;
}

std::string task_text(const NicheView& view) {
  std::string text = fmt::format("{}\nThe search is for {}.\n", view.space.describe(), view.evaluator.goal());
  const std::string noise = view.evaluator.noise(view.archive.evaluations());
  if (!noise.empty()) text += fmt::format("Noise: {}\n", noise);
  const std::string costs = view.evaluator.cost_source(view.archive.evaluations());
  if (!costs.empty()) text += fmt::format("Costs: {}\n", costs);
  if (view.space.niches() > 1) {
    text += fmt::format(
        "The space is divided into {} parts that are searched side by side. This part holds the "
        "architectures with {}",
        view.space.niches(), view.space.niche_text(view.niche));
    const auto size = view.space.niche_size(view.niche);
    text += size ? fmt::format(": {} in all.\n", with_thousands(static_cast<long long>(*size))) : ".\n";
  }
  return text;
}

/// What was evaluated of another part.
struct OtherNiche {
  std::size_t evaluated = 0, on_front = 0;
  const Evaluation* best = nullptr;  ///< the one that dominates most by itself
  double share = -1;                 ///< of the box, that it dominates
};

/// A line for each other part.
std::string other_niches_text(const NicheView& view, const Front& whole) {
  const HypervolumeBox box(view.evaluator, view.archive);
  std::vector<OtherNiche> niches(static_cast<std::size_t>(view.space.niches()));
  const auto of = [&](Candidate candidate) -> OtherNiche& {
    return niches[static_cast<std::size_t>(view.space.niche_of(candidate))];
  };
  for (const Evaluation& evaluation : view.archive.evaluations()) {
    OtherNiche& niche = of(evaluation.candidate);
    ++niche.evaluated;
    if (evaluation.objectives.empty()) continue;
    const double share = box.share({evaluation.objectives});
    if (share > niche.share) niche.best = &evaluation, niche.share = share;
  }
  for (const auto& member : whole.members()) ++of(member.candidate).on_front;
  std::string text;
  std::size_t told = 0;
  for (std::size_t i = 0; i < niches.size() && told < kMostNiches; ++i) {
    if (static_cast<int>(i) == view.niche) continue;
    const OtherNiche& niche = niches[i];
    text += fmt::format("- {}: {} evaluated, {} on the front", view.space.niche_text(static_cast<int>(i)),
                        niche.evaluated, niche.on_front);
    text += niche.best == nullptr ? "\n" : "; " + evaluated_line(view.space, view.evaluator, *niche.best).substr(2);
    ++told;
  }
  if (niches.size() > told + 1) text += fmt::format("- and {} parts more\n", niches.size() - told - 1);
  return text;
}

/// The front of all parts with its hypervolume and gaps, and the other parts; the front itself is left out where there
/// is only this part.
std::string whole_text(const NicheView& view) {
  const Front whole = front_of(view.archive);
  if (whole.empty()) return "";
  std::string text;
  if (view.space.niches() > 1) {
    text += fmt::format("\nThe best trade-offs of the whole search ({} evaluated, {} on its front):\n",
                        view.archive.evaluations().size(), whole.size()) +
            front_text(view.space, view.evaluator, view.archive, whole, kMostOfWhole);
  }
  std::vector<Candidate> last;
  for (const Child& child : view.last) last.push_back(child.candidate);
  text += "\nThe search is judged by how much of a box of these figures its front dominates.\n" +
          hypervolume_text(view.space, view.evaluator, view.archive, whole, "The last generation of this part", last);
  const std::string gaps = gaps_text(view.evaluator, view.archive, whole);
  if (!gaps.empty()) {
    text +=
        "\nThe widest gaps of the whole search's front; what falls into one, or goes beyond an end, is worth most:\n" +
        gaps;
  }
  if (view.space.niches() > 1) {
    text += "\nThe other parts, each with the one that dominates most by itself:\n" + other_niches_text(view, whole);
  }
  return text;
}

/// What was evaluated of the niche and is neither a parent nor of the last generation, the latest first.
std::string known_text(const NicheView& view) {
  const auto is_told = [&](Candidate candidate) {
    const auto& parents = view.front.members();
    return std::any_of(parents.begin(), parents.end(), [&](const auto& m) { return m.candidate == candidate; });
  };
  const auto& all = view.archive.evaluations();
  std::string text;
  std::size_t told = 0, untold = 0;
  for (auto e = all.rbegin(); e != all.rend(); ++e) {
    if (view.space.niche_of(e->candidate) != view.niche || is_told(e->candidate)) continue;
    const std::string line = evaluated_line(view.space, view.evaluator, *e);
    if (told == kMostKnown || line.size() > kMostCandidate) {
      ++untold;
      continue;
    }
    text += line;
    ++told;
  }
  if (told == 0) return "";
  if (untold > 0) text += fmt::format("- and {} earlier ones\n", untold);
  return "\nEvaluated before, not to be proposed again:\n" + text;
}

/// Which children are by which operator.
std::string operators_text(const NicheView& view) {
  if (view.front.size() < 2) return "";
  Random random(mix_seed(view.archive.evaluations().size(), static_cast<std::uint64_t>(view.niche)));
  std::vector<std::size_t> crossed, mutated;
  for (std::size_t i = 1; i <= view.wanted; ++i) (random.below(2) == 0 ? crossed : mutated).push_back(i);
  std::vector<std::string> parts;
  const auto add = [&](const std::vector<std::size_t>& children, const char* how) {
    if (children.empty()) return;
    parts.push_back(
        fmt::format("{} {} by {}", children.size() == 1 ? "child" : "children", fmt::join(children, ", "), how));
  };
  add(crossed, "crossover (each part from one of two parents)");
  add(mutated, "mutation of one parent (one or two changes)");
  return fmt::format(" Make {}; choose the parents yourself.", fmt::join(parts, ", "));
}

}  // namespace

std::vector<ChatMessage> knowledge_prompt(const NicheView& view, const Rules& rules) {
  std::string user = task_text(view);
  user += rules.empty() ? "\nNo design rules are known yet.\n" : rules_text(rules);
  user += "\nThe last generation:\n";
  for (std::size_t i = 0; i < std::min(kMostChildren, view.last.size()); ++i) user += child_line(view, view.last[i]);
  user += "\nThe best trade-offs of this part so far:\n" +
          front_text(view.space, view.evaluator, view.archive, view.front, kMostParents) + whole_text(view);
  user +=
      "\nUpdate the rules: keep what these results support, drop or correct what they contradict, add what they show. "
      "A rule says what results showed, with their figures; what is only a guess, or worth a try, belongs to the "
      "ideas. "
      "At most ten of each kind, short and concrete; what comes after the tenth, or after 4,500 bytes in all, is not "
      "told "
      "again. Answer with\n"
      "{\"positive\": [\"what helps\", ...], \"negative\": [\"what to avoid\", ...], \"ideas\": [\"what to try\", "
      "...]}";
  return {role(), {"user", user}};
}

std::vector<ChatMessage> proposal_prompt(const NicheView& view, const Rules& rules, Emphasis emphasis) {
  std::string user = task_text(view);
  if (emphasis == Emphasis::kCost) user += "Above all the cost has to be as low as possible; accuracy comes second.\n";
  user += whole_text(view);
  if (!view.front.empty()) {
    user += "\nParents, the best trade-offs of this part so far:\n" +
            front_text(view.space, view.evaluator, view.archive, view.front, kMostParents);
  }
  user += known_text(view) + rules_text(rules);
  user += fmt::format(
      "\nPropose {} new architecture{} of this part of the space that {} not evaluated before.{} Say why in one "
      "sentence. Answer with\n"
      "{{\"children\": [{{\"operator\": \"crossover or mutation\", \"architecture\": \"...\", \"rationale\": "
      "\"...\"}}, ...]}}",
      view.wanted, view.wanted == 1 ? "" : "s", view.wanted == 1 ? "was" : "were", operators_text(view));
  return {role(), {"user", user}};
}

std::string refusal_text(const std::vector<std::string>& problems, std::size_t missing) {
  std::string text = problems.empty() ? "" : "These were refused:\n";
  for (std::size_t i = 0; i < std::min(kMostProblems, problems.size()); ++i) text += fmt::format("- {}\n", problems[i]);
  if (problems.size() > kMostProblems) text += fmt::format("- and {} more\n", problems.size() - kMostProblems);
  return text + fmt::format("{} missing. Propose {} other {}, in the same form.",
                            missing == 1 ? "One architecture is" : fmt::format("{} architectures are", missing),
                            missing, missing == 1 ? "one" : "ones");
}

}  // namespace flnas::searches
