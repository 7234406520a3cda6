#include "searches/strategies/niche_llm_designer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "searches/core/best.h"
#include "searches/llm/prompt_values.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/llm/reply_memo.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostParents = 6, kMostLast = 6;
constexpr std::size_t kMostRules = 1500;  ///< bytes of all of a niche's rules

/// What happened in the niche alone; proposals are kept, since they hold the designs.
History of_niche(const History& history, const MacsNiches& niches, std::size_t niche) {
  History own = history;
  std::erase_if(own.evaluations,
                [&](const Evaluation& evaluation) { return niches.of(evaluation.cost.macs) != niche; });
  return own;
}

std::string share(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "unknown"; }

std::string design_line(const History& history, const Evaluation& evaluation) {
  const std::string latency = evaluation.cost.latency_us ? fmt::format(", {:.0f} us", *evaluation.cost.latency_us) : "";
  return fmt::format("- {}: {} -> accuracy {}, Unfairness {}, {} parameters, {} MACs{}\n", evaluation.name,
                     design_brief(history.design_of(evaluation)), share(evaluation.scores.accuracy),
                     share(evaluation.scores.unfairness_sum), evaluation.cost.parameters, evaluation.cost.macs,
                     latency);
}

/// The first rules of each kind, in turns, as many as fit.
llmnas::Rules bounded(const llmnas::Rules& rules) {
  llmnas::Rules kept;
  std::size_t bytes = 0;
  const auto take = [&](const std::vector<std::string>& from, std::size_t at, std::vector<std::string>& to) {
    if (at >= from.size() || bytes + from[at].size() > kMostRules) return;
    bytes += from[at].size();
    to.push_back(from[at]);
  };
  for (std::size_t i = 0; i < std::max(rules.positive.size(), rules.negative.size()); ++i) {
    take(rules.positive, i, kept.positive), take(rules.negative, i, kept.negative);
  }
  return kept;
}

std::string rules_text(const llmnas::Rules& rules) {
  std::string text;
  for (const auto& rule : rules.positive) text += "+ " + rule + "\n";
  for (const auto& rule : rules.negative) text += "- " + rule + "\n";
  return text;
}

/// The niche's latest designs and those of its archive, in the order of the search, and which are the latter.
std::string designs_text(const History& own, const MacsNiches& niches, std::size_t niche) {
  auto parents = niche_archive(own, niches, niche);
  if (parents.size() > kMostParents) parents.erase(parents.begin(), parents.end() - kMostParents);
  std::vector<std::string> names;
  for (const Evaluation* parent : parents) names.push_back(parent->name);
  auto shown = parents;
  const auto all = usable(own.evaluations);
  shown.insert(shown.end(), all.size() > kMostLast ? all.end() - kMostLast : all.begin(), all.end());
  std::sort(shown.begin(), shown.end());
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  if (shown.empty()) return "";
  std::string text = "Tried in this part before (do not repeat any of these):\n";
  for (const Evaluation* evaluation : shown) text += design_line(own, *evaluation);
  return text + fmt::format("The best trade-offs among them are {}: mutate one of these, or cross two.\n",
                            fmt::join(names, ", "));
}

std::string knowledge_question(const History& own, const std::string& niche, const llmnas::Rules& rules) {
  std::string text = fmt::format(
      "Networks with {} are searched for that classify skin lesions accurately, as accurately for every group of "
      "patients (low Unfairness), fast and with few parameters.\n",
      niche);
  text += rules.empty() ? "\nNo design rules are known yet.\n"
                        : "\nDesign rules so far (+ helps, - to be avoided):\n" + rules_text(rules);
  text +=
      "\nThe latest designs, each its stages and its head; a stage is channels, k kernel, s stride, and what else it "
      "is "
      "made of:\n";
  const std::size_t first = own.evaluations.size() > kMostLast ? own.evaluations.size() - kMostLast : 0;
  for (std::size_t i = first; i < own.evaluations.size(); ++i) text += design_line(own, own.evaluations[i]);
  return text +
         "\nUpdate the rules: keep what these results support, drop or correct what they contradict, add what they "
         "show. At most ten of each kind, short and concrete. Answer with\n"
         "{\"positive\": [\"what helps\", ...], \"negative\": [\"what to avoid\", ...]}";
}

Json to_json(const llmnas::Rules& rules) { return {{"positive", rules.positive}, {"negative", rules.negative}}; }

/// Whether the round's rules were answered for, and then nobody gave a design.
bool has_rules(const History& history, int round) {
  return std::any_of(history.lost_calls.begin(), history.lost_calls.end(),
                     [&](const LostCall& call) { return call.round == round && call.memo.contains("rules"); });
}

}  // namespace

NicheLlmDesigner::NicheLlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
                                   const Validator& validator, MacsNiches niches)
    : chat_(chat),
      prompt_(std::move(prompt)),
      setting_(std::move(setting)),
      config_(std::move(config)),
      validator_(validator),
      niches_(std::move(niches)) {
  setting_.parts.history = false;  // designs_text tells of the niche's
}

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
  const Json* rules = nullptr;
  int latest = 0;
  const auto look = [&](int round, const Json& memo) {
    if (round < latest || niche_of_round(round, niches_) != niche || !memo.contains("rules")) return;
    latest = round;
    rules = &memo["rules"];
  };
  for (const Proposal& proposal : history.proposals) look(proposal.round, proposal.memo);
  for (const LostCall& call : history.lost_calls) look(call.round, call.memo);
  if (rules == nullptr) return {};
  return {.positive = (*rules)["positive"].get<std::vector<std::string>>(),
          .negative = (*rules)["negative"].get<std::vector<std::string>>()};
}

std::vector<ChatMessage> NicheLlmDesigner::question(const History& history, const History& own, std::size_t niche,
                                                    const llmnas::Rules& rules, int attempt) const {
  const auto filled = prompt_.fill(setting_, own);
  std::string text =
      filled.user + fmt::format("\n\n## This part of the search\nThe network must have {}.\n", niches_.text(niche));
  text += designs_text(own, niches_, niche);
  if (!rules.empty()) text += "Design rules (+ helps, - to be avoided):\n" + rules_text(rules);
  std::vector<ChatMessage> messages;
  if (!filled.system.empty()) messages.push_back({"system", filled.system});
  messages.push_back({"user", text});
  if (attempt > 1) {
    const Proposal& refused = history.proposals.back();
    messages.push_back({"assistant", refused_reply(refused)});
    messages.push_back({"user", refusal(refused)});
  }
  return messages;
}

Answer NicheLlmDesigner::propose(const History& history, int round, int attempt) {
  const std::size_t niche = niche_of_round(round, niches_);
  const History own = of_niche(history, niches_, niche);
  llmnas::Rules rules = known_rules(history, niche);
  ChatReply knowledge;
  Json taken;  // by the question for rules, where it is asked
  if (attempt == 1 && !own.evaluations.empty() && !has_rules(history, round)) {
    try {
      knowledge = ask({{"user", knowledge_question(own, niches_.text(niche), rules)}}, round, 0);
    } catch (const UnusableReply& unusable) {
      return lost(unusable, reply_memo(unusable.reply), unusable.reply.seconds);
    }
    if (const auto updated = llmnas::read_rules(knowledge.text)) rules = bounded(*updated);
    taken = reply_memo(knowledge);
  }
  const auto with_rules = [&](Json memo) {
    memo["niche"] = niche;
    memo["rules"] = to_json(rules);
    return memo;
  };
  const auto memo_of = [&](const ChatReply& reply) {
    Json memo = reply_memo(reply);
    if (!taken.is_null()) add_taken(memo, taken);
    return with_rules(std::move(memo));
  };
  ChatReply reply;
  try {
    reply = ask(question(history, own, niche, rules, attempt), round, attempt);
  } catch (const UnusableReply& unusable) {
    return lost(unusable, memo_of(unusable.reply), unusable.reply.seconds + knowledge.seconds);
  } catch (const RemoteError& error) {
    if (taken.is_null()) throw;
    return lost(error, with_rules(taken), knowledge.seconds);
  } catch (const ConfigError& error) {
    if (taken.is_null()) throw;
    return lost(error, with_rules(taken), knowledge.seconds);
  }
  ReadReply read = read_reply(reply.text, validator_.options());
  Answer answer;
  answer.problems = std::move(read.problems);
  if (read.architecture) {
    const Finding finding = validator_.judge(*read.architecture, {});
    if (finding.verdict == kValid && niches_.of(finding.estimate.macs) != niche) {
      answer.problems.push_back(fmt::format("niche: it has {} multiply-accumulates, and must have {}",
                                            finding.estimate.macs, niches_.text(niche)));
    } else {
      answer.proposal = std::move(*read.architecture);
    }
  }
  answer.memo = memo_of(reply);
  answer.seconds = reply.seconds + knowledge.seconds;
  return answer;
}

}  // namespace flnas::searches
