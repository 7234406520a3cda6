#include "searches/llmnas/llm_proposer.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas::searches::llmnas {
namespace {

constexpr std::size_t kMostReply = 4000;  ///< bytes of a refused reply that go back

/// A reply's children, sorted out.
class Sieve {
 public:
  Sieve(const Space& space, const NicheView& view) : space_(space), view_(view) {}

  /// Why each refused child was refused.
  std::vector<std::string> take(const WrittenChildren& written) {
    std::vector<std::string> problems;
    if (!written.problem.empty()) {
      ++proposal_.invalid;
      problems.push_back(written.problem);
    }
    for (const WrittenChild& child : written.children) {
      if (missing() == 0) break;
      const std::string problem = take(child);
      if (!problem.empty()) problems.push_back(problem);
    }
    return problems;
  }

  std::size_t missing() const { return view_.wanted - proposal_.children.size(); }
  Proposal result() && { return std::move(proposal_); }

 private:
  std::string take(const WrittenChild& written) {
    Candidate candidate;
    try {
      candidate = space_.read(written.architecture);
    } catch (const ConfigError& error) {
      ++proposal_.invalid;
      return one_line(error.what(), 300);
    }
    const auto is_it = [&](const Child& child) { return child.candidate == candidate; };
    if (view_.log.has(candidate) || std::any_of(proposal_.children.begin(), proposal_.children.end(), is_it)) {
      ++proposal_.repeated;
      return fmt::format("{}: it was evaluated or proposed before", space_.text(candidate));
    }
    const std::string violation = space_.violation(candidate);
    if (!violation.empty() || space_.niche_of(candidate) != view_.niche) {
      ++proposal_.invalid;
      return fmt::format("{}: {}", space_.text(candidate),
                         violation.empty() ? "it does not have " + space_.niche_text(view_.niche) : violation);
    }
    proposal_.children.push_back({candidate, written.rationale});
    return "";
  }

  const Space& space_;
  const NicheView& view_;
  Proposal proposal_;
};

}  // namespace

LlmProposer::LlmProposer(const Space& space, ChatClient& chat, LlmProposerSettings settings)
    : space_(space), chat_(chat), settings_(std::move(settings)), rules_(static_cast<std::size_t>(space.niches())) {}

ChatReply LlmProposer::ask(std::vector<ChatMessage> messages, const NicheView& view, int call) {
  ChatRequest request;
  request.messages = std::move(messages);
  request.model = settings_.model;
  request.temperature = settings_.temperature;
  request.max_tokens = settings_.max_tokens;
  // Servers take 31 bits.
  const auto generation = static_cast<std::uint64_t>(view.generation);
  const auto place = static_cast<std::uint64_t>(view.niche) * 1000 + static_cast<std::uint64_t>(call);
  request.seed = mix_seed(mix_seed(settings_.seed, generation), place) & 0x7fffffff;
  ChatReply reply = chat_.ask(request);
  const std::lock_guard lock(mutex_);
  ++use_.calls;
  use_.knowledge_calls += call == 0;
  use_.retries += call > 1;
  use_.prompt_tokens += reply.prompt_tokens.value_or(0);
  use_.completion_tokens += reply.completion_tokens.value_or(0);
  use_.seconds += reply.seconds;
  use_.sources.insert(reply.source);
  use_.models.insert(reply.model);
  return reply;
}

Proposal LlmProposer::propose(const NicheView& view, Random&) {
  Rules& rules = rules_[static_cast<std::size_t>(view.niche)];
  if (settings_.knowledge && !view.last.empty()) {
    const auto updated = read_rules(ask(knowledge_prompt(space_, view, rules), view, 0).text);
    if (updated) rules = *updated;
  }
  const std::vector<ChatMessage> question = proposal_prompt(space_, view, rules, settings_.emphasis);
  std::vector<ChatMessage> messages = question;
  Sieve sieve(space_, view);
  for (int attempt = 1; attempt <= settings_.attempts; ++attempt) {
    const ChatReply reply = ask(messages, view, attempt);
    const std::vector<std::string> problems = sieve.take(read_children(reply.text));
    if (sieve.missing() == 0) break;
    // Of the refused replies only the last one, so that the conversation stays short.
    messages = question;
    messages.push_back({"assistant", one_line(reply.text, kMostReply)});
    messages.push_back({"user", refusal_text(problems, sieve.missing())});
  }
  return std::move(sieve).result();
}

}  // namespace flnas::searches::llmnas
