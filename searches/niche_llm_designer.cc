#include "searches/niche_llm_designer.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/random.h"
#include "harness/base/text.h"
#include "searches/reply/read_reply.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostReply = 8000, kMostParents = 6, kMostLast = 6;

/// What happened in the niche alone; proposals are kept, since they hold the designs.
History of_niche(const History& history, const MacsNiches& niches, std::size_t niche) {
  History own = history;
  std::erase_if(own.evaluations,
                [&](const Evaluation& evaluation) { return niches.of(evaluation.cost.macs) != niche; });
  return own;
}

std::string share(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "unknown"; }

std::string design_line(const History& history, const Evaluation& evaluation) {
  const std::string latency =
      evaluation.cost.latency_us ? fmt::format(", latency {:.0f} us", *evaluation.cost.latency_us) : "";
  return fmt::format("- {}: accuracy {}, Unfairness {}, {} parameters, {} MACs{}\n",
                     history.design_of(evaluation).dump(), share(evaluation.scores.accuracy),
                     share(evaluation.scores.unfairness_sum), evaluation.cost.parameters, evaluation.cost.macs,
                     latency);
}

std::string rules_text(const llmnas::Rules& rules) {
  std::string text;
  for (const auto& rule : rules.positive) text += "+ " + rule + "\n";
  for (const auto& rule : rules.negative) text += "- " + rule + "\n";
  return text;
}

std::string parents_text(const History& history, const MacsNiches& niches, std::size_t niche) {
  std::string text;
  const auto archive = niche_archive(history, niches, niche);
  const std::size_t first = archive.size() > kMostParents ? archive.size() - kMostParents : 0;
  for (std::size_t i = first; i < archive.size(); ++i) text += design_line(history, *archive[i]);
  return text;
}

std::string knowledge_question(const History& own, const std::string& niche, const llmnas::Rules& rules) {
  std::string text = fmt::format(
      "Networks with {} are searched for that classify skin lesions accurately, as accurately for every group of "
      "patients "
      "(low Unfairness), fast and with few parameters.\n",
      niche);
  text += rules.empty() ? "\nNo design rules are known yet.\n"
                        : "\nDesign rules so far (+ helps, - to be avoided):\n" + rules_text(rules);
  text += "\nThe latest designs:\n";
  const std::size_t first = own.evaluations.size() > kMostLast ? own.evaluations.size() - kMostLast : 0;
  for (std::size_t i = first; i < own.evaluations.size(); ++i) text += design_line(own, own.evaluations[i]);
  return text +
         "\nUpdate the rules: keep what these results support, drop or correct what they contradict, add what they "
         "show. At "
         "most ten of each kind, short and concrete. Answer with\n"
         "{\"positive\": [\"what helps\", ...], \"negative\": [\"what to avoid\", ...]}";
}

Json to_json(const llmnas::Rules& rules) { return {{"positive", rules.positive}, {"negative", rules.negative}}; }

/// The sum, where both are counted.
Json tokens(const std::optional<std::int64_t>& first, const std::optional<std::int64_t>& second) {
  return first && second ? Json(*first + *second) : Json(nullptr);
}

}  // namespace

NicheLlmDesigner::NicheLlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
                                   const Validator& validator, MacsNiches niches)
    : chat_(chat),
      prompt_(std::move(prompt)),
      setting_(std::move(setting)),
      config_(std::move(config)),
      validator_(validator),
      niches_(std::move(niches)) {}

ChatReply NicheLlmDesigner::ask(std::vector<ChatMessage> messages, int round, int call) const {
  ChatRequest request;
  request.messages = std::move(messages);
  request.model = config_.model;
  request.temperature = config_.temperature;
  request.max_tokens = config_.max_tokens;
  // Servers take 31 bits.
  request.seed = mix_seed(mix_seed(config_.seed, static_cast<std::uint64_t>(round)), static_cast<std::uint64_t>(call)) &
                 0x7fffffff;
  return chat_.ask(request);
}

llmnas::Rules NicheLlmDesigner::known_rules(const History& history, std::size_t niche) const {
  for (auto it = history.proposals.rbegin(); it != history.proposals.rend(); ++it) {
    if (niche_of_round(it->round, niches_) != niche || !it->memo.contains("rules")) continue;
    return {.positive = it->memo["rules"]["positive"].get<std::vector<std::string>>(),
            .negative = it->memo["rules"]["negative"].get<std::vector<std::string>>()};
  }
  return {};
}

Answer NicheLlmDesigner::propose(const History& history, int round, int attempt) {
  const std::size_t niche = niche_of_round(round, niches_);
  const std::string bounds = niches_.text(niche);
  const History own = of_niche(history, niches_, niche);
  llmnas::Rules rules = known_rules(history, niche);
  ChatReply knowledge;
  knowledge.prompt_tokens = knowledge.completion_tokens = 0;
  if (attempt == 1 && !own.evaluations.empty()) {
    knowledge = ask({{"user", knowledge_question(own, bounds, rules)}}, round, 0);
    if (const auto updated = llmnas::read_rules(knowledge.text)) rules = *updated;
  }
  const auto messages = prompt_.fill(setting_, own);
  std::string question =
      messages.user + fmt::format("\n\n## This part of the search\nThe network must have {}.\n", bounds);
  const std::string parents = parents_text(own, niches_, niche);
  if (!parents.empty())
    question += "Parents, the best trade-offs so far:\n" + parents + "Mutate one of them, or cross two.\n";
  if (!rules.empty()) question += "Design rules (+ helps, - to be avoided):\n" + rules_text(rules);
  std::vector<ChatMessage> asked;
  if (!messages.system.empty()) asked.push_back({"system", messages.system});
  asked.push_back({"user", question});
  if (attempt > 1) {
    const Proposal& refused = history.proposals.back();
    asked.push_back({"assistant", refused_reply(refused)});
    asked.push_back({"user", refusal(refused)});
  }
  const ChatReply reply = ask(std::move(asked), round, attempt);
  ReadReply read = read_reply(reply.text, validator_.options());
  Answer answer;
  answer.problems = std::move(read.problems);
  if (read.architecture) {
    const Finding finding = validator_.judge(*read.architecture, {});
    if (finding.verdict == kValid && niches_.of(finding.estimate.macs) != niche) {
      answer.problems.push_back(
          fmt::format("niche: it has {} multiply-accumulates, and must have {}", finding.estimate.macs, bounds));
    } else {
      answer.proposal = std::move(*read.architecture);
    }
  }
  answer.memo = {{"reply", one_line(reply.text, kMostReply)},
                 {"model", reply.model},
                 {"source", reply.source},
                 {"recorded", reply.recorded},
                 {"retries", reply.retries + knowledge.retries},
                 {"prompt_tokens", tokens(reply.prompt_tokens, knowledge.prompt_tokens)},
                 {"completion_tokens", tokens(reply.completion_tokens, knowledge.completion_tokens)},
                 {"niche", niche},
                 {"rules", to_json(rules)}};
  answer.seconds = reply.seconds + knowledge.seconds;
  return answer;
}

}  // namespace flnas::searches
