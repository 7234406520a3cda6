#include "searches/strategies/niche_conversation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/text.h"
#include "searches/llm/reply_schema.h"
#include "searches/llm/reply_state.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostReply = 4000;  ///< bytes of a refused reply that go back

}  // namespace

std::vector<Proposal> NicheConversation::children(Rules& rules) {
  update(rules);
  const std::vector<ChatMessage> question = proposal_prompt(view_, rules, settings_.emphasis);
  std::vector<ChatMessage> messages = question;
  for (int attempt = 1; attempt <= settings_.attempts && missing() > 0; ++attempt) {
    const auto reply = ask(messages, children_reply_schema(view_.space, missing()), attempt);
    if (attempt > 1) llm_.count_retry();
    if (!reply) continue;
    const std::vector<std::string> problems = take(*reply);
    if (attempt == 1) llm_.count_first_reply(view_.wanted, found_.size());
    // Of the refused replies only the last one, so that the conversation stays short.
    messages = question;
    messages.push_back({"assistant", one_line(reply->text, kMostReply)});
    messages.push_back({"user", refusal_text(problems, missing())});
  }
  if (server_gone_) std::rethrow_exception(server_gone_);
  return std::move(proposals_);
}

void NicheConversation::update(Rules& rules) {
  if (!settings_.knowledge || view_.last.empty()) return;
  const auto reply = ask(knowledge_prompt(view_, rules), rules_reply_schema(), 0);
  if (!reply) return;
  if (const auto updated = read_rules(reply->text)) rules = *updated;
  llm_.count_knowledge_call();
  before_ = reply_state(*reply);
  waited_ = reply->seconds;
}

/// Empty for a call that was lost: the conversation goes on without it, unless no call is answered.
std::optional<LlmReply> NicheConversation::ask(std::vector<ChatMessage> messages, Json schema, int call) {
  const auto place = static_cast<std::uint64_t>(view_.niche) * 1000 + static_cast<std::uint64_t>(call);
  try {
    LlmReply reply = llm_.ask(std::move(messages), std::move(schema), round_, place);
    answered_ = true;
    server_gone_ = nullptr;
    return reply;
  } catch (const LostReply& lost) {
    answered_ = true;
    Proposal& proposal = proposals_.emplace_back();
    proposal.problems = {lost.what()};
    proposal.readable = false;
    proposal.seconds = lost.seconds;
    if (view_.archive.has_file()) {
      proposal.strategy_state = lost.strategy_state;
      proposal.strategy_state["niche"] = view_.niche;
    }
  } catch (const RemoteError&) {
    if (!answered_) server_gone_ = std::current_exception();
  }
  return std::nullopt;
}

/// Why each refused child was refused.
std::vector<std::string> NicheConversation::take(const LlmReply& reply) {
  WrittenChildren written = read_children(reply.text);
  if (!written.problem.empty() && !reply.shortfall.empty()) written.problem = reply.shortfall;
  const std::size_t first = proposals_.size();
  std::vector<std::string> problems;
  if (!written.problem.empty()) {
    proposals_.emplace_back().problems = {written.problem};
    proposals_.back().readable = false;
    problems.push_back(written.problem);
  }
  for (const WrittenChild& child : written.children) {
    if (missing() == 0) break;
    const std::string problem = take(child);
    if (!problem.empty()) problems.push_back(problem);
  }
  note(reply, first);
  return problems;
}

std::string NicheConversation::take(const WrittenChild& written) {
  Proposal& proposal = proposals_.emplace_back();
  Reading reading = view_.space.read(written.architecture);
  if (!reading.candidate) {
    proposal.problems = reading.problems;
    return one_line(fmt::format("{}", fmt::join(reading.problems, "; ")), 300);
  }
  const Candidate candidate = *reading.candidate;
  const std::string text = view_.space.text(candidate);
  const auto is_it = [&](const Child& child) { return child.candidate == candidate; };
  if (view_.archive.has(candidate) || std::any_of(found_.begin(), found_.end(), is_it)) {
    proposal.candidate = candidate;
    return fmt::format("{}: it was evaluated or proposed before", text);
  }
  const auto violations = view_.space.violations(candidate);
  if (!violations.empty()) {
    proposal.candidate = candidate;
    return fmt::format("{}: {}", text, fmt::join(violations, "; "));
  }
  if (view_.space.niche_of(candidate) != view_.niche) {
    proposal.problems = {fmt::format("{}: it does not have {}", text, view_.space.niche_text(view_.niche))};
    return proposal.problems[0];
  }
  proposal.candidate = candidate;
  found_.push_back({candidate, written.rationale});
  return "";
}

/// The first of a reply's proposals tells what the reply took, and the question for rules before it.
void NicheConversation::note(const ChatReply& reply, std::size_t first) {
  if (first == proposals_.size()) return;
  Proposal& proposal = proposals_[first];
  proposal.seconds = reply.seconds + waited_;
  waited_ = 0;
  if (!view_.archive.has_file()) return;
  proposal.strategy_state = reply_state(reply);
  if (!before_.is_null()) add_tokens(proposal.strategy_state, before_);
  before_ = nullptr;
  for (std::size_t i = first; i < proposals_.size(); ++i) proposals_[i].strategy_state["niche"] = view_.niche;
}

}  // namespace flnas::searches
