#include "searches/strategies/llm_designer.h"

#include "harness/base/random.h"
#include "searches/llm/reply/read_reply.h"
#include "searches/llm/reply_memo.h"

namespace flnas::searches {

LlmDesigner::LlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
                         nn::ModelOptions options)
    : chat_(chat),
      prompt_(std::move(prompt)),
      setting_(std::move(setting)),
      config_(std::move(config)),
      options_(options) {}

ChatRequest LlmDesigner::request(const History& history, int round, int attempt) const {
  ChatRequest request;
  const auto messages = prompt_.fill(setting_, history);
  if (!messages.system.empty()) request.messages.push_back({"system", messages.system});
  request.messages.push_back({"user", messages.user});
  if (attempt > 1) {
    // Of the refused attempts only the last one, so that the conversation stays short.
    const Proposal& refused = history.proposals.back();
    request.messages.push_back({"assistant", refused_reply(refused)});
    request.messages.push_back({"user", refusal(refused)});
  }
  request.model = config_.model;
  request.temperature = config_.temperature;
  request.max_tokens = config_.max_tokens;
  // Servers take 32 bits, and not all of them unsigned.
  request.seed =
      mix_seed(mix_seed(config_.seed, static_cast<std::uint64_t>(round)), static_cast<std::uint64_t>(attempt)) &
      0x7fffffff;
  return request;
}

Answer LlmDesigner::propose(const History& history, int round, int attempt) {
  ChatReply reply;
  try {
    reply = chat_.ask(request(history, round, attempt));
  } catch (const UnusableReply& unusable) {
    return lost(unusable, reply_memo(unusable.reply), unusable.reply.seconds);
  }
  ReadReply read = read_reply(reply.text, options_);
  Answer answer;
  if (read.architecture) answer.proposal = std::move(*read.architecture);
  answer.problems = std::move(read.problems);
  answer.memo = reply_memo(reply);
  answer.seconds = reply.seconds;
  return answer;
}

}  // namespace flnas::searches
