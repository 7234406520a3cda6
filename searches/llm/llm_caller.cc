#include "searches/llm/llm_caller.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/random.h"
#include "searches/core/search_strategy.h"
#include "searches/llm/reply/answer.h"
#include "searches/llm/reply_state.h"

namespace flnas::searches {
namespace {

void insert(std::vector<std::string>& sorted, const std::string& value) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), value);
  if (at == sorted.end() || *at != value) sorted.insert(at, value);
}

}  // namespace

LlmReply LlmCaller::ask(std::vector<ChatMessage> messages, Json schema, std::uint64_t round, std::uint64_t call) {
  ChatRequest request;
  request.messages = std::move(messages);
  if (settings_.structured) request.schema = std::move(schema);
  request.model = settings_.model;
  request.temperature = settings_.temperature;
  request.max_tokens = settings_.max_tokens;
  // Servers take 32 bits, and not all of them unsigned.
  request.seed = mix_seed(mix_seed(seed_, round), call) & 0x7fffffff;
  LlmReply reply;
  try {
    static_cast<ChatReply&>(reply) = chat_.ask(request);
  } catch (const UnusableReply& unusable) {
    throw LostReply(unusable.what(), reply_state(unusable.reply), unusable.reply.seconds);
  }
  const bool had_text = !reply.text.empty();
  reply.text = answer_of(reply.text);
  if (reply.cut) {
    reply.shortfall = fmt::format(
        "the reply was cut at its limit of {} tokens (--llm-max-tokens): think less, and write only what was asked for",
        settings_.max_tokens);
  } else if (had_text && reply.text.empty()) {
    reply.shortfall = "the reply holds only thoughts: write what was asked for after </think>";
  }
  const std::lock_guard lock(mutex_);
  ++use_.calls;
  use_.prompt_tokens += reply.prompt_tokens.value_or(0);
  use_.completion_tokens += reply.completion_tokens.value_or(0);
  use_.waiting_seconds += reply.seconds;
  insert(use_.sources, reply.source);
  insert(use_.models, reply.model);
  return reply;
}

void LlmCaller::count_knowledge_call() {
  const std::lock_guard lock(mutex_);
  ++use_.knowledge_calls;
}

void LlmCaller::count_retry() {
  const std::lock_guard lock(mutex_);
  ++use_.retries;
}

void LlmCaller::count_first_reply(std::size_t wanted, std::size_t valid) {
  const std::lock_guard lock(mutex_);
  use_.wanted = use_.wanted.value_or(0) + static_cast<std::int64_t>(wanted);
  use_.valid_first = use_.valid_first.value_or(0) + static_cast<std::int64_t>(valid);
}

NasChatUse LlmCaller::use() const {
  const std::lock_guard lock(mutex_);
  return use_;
}

}  // namespace flnas::searches
