#include "searches/chat/ledger.h"

#include <algorithm>

#include "harness/base/error.h"

namespace flnas::searches {

LedgerChat::LedgerChat(ChatClient& inner, TokenPrices prices) : inner_(inner), prices_(prices) {
  if (prices.prompt.has_value() != prices.completion.has_value()) {
    throw ConfigError("give the price of both a million prompt tokens and a million completion tokens, or none");
  }
  if (!(prices.prompt.value_or(0) >= 0) || !(prices.completion.value_or(0) >= 0)) {
    throw ConfigError("a price of tokens must be 0 or more");
  }
}

ChatReply LedgerChat::ask(const ChatRequest& request) {
  ChatReply reply;
  try {
    reply = inner_.ask(request);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    ++failed_;
    throw;
  }
  const std::lock_guard lock(mutex_);
  if (std::find(sources_.begin(), sources_.end(), reply.source) == sources_.end()) sources_.push_back(reply.source);
  if (reply.recorded) {
    ++recorded_;
    return reply;
  }
  ++calls_;
  retries_ += reply.retries;
  seconds_ += reply.seconds;
  if (!reply.prompt_tokens || !reply.completion_tokens) ++uncounted_;
  prompt_tokens_ += reply.prompt_tokens.value_or(0);
  completion_tokens_ += reply.completion_tokens.value_or(0);
  return reply;
}

Json LedgerChat::to_json() const {
  Json cost;
  if (prices_.prompt && uncounted_ == 0) {
    cost = (static_cast<double>(prompt_tokens_) * *prices_.prompt +
            static_cast<double>(completion_tokens_) * *prices_.completion) /
           1e6;
  }
  return {{"calls", calls_},
          {"recorded", recorded_},
          {"failed", failed_},
          {"retries", retries_},
          {"prompt_tokens", prompt_tokens_},
          {"completion_tokens", completion_tokens_},
          {"uncounted", uncounted_},
          {"seconds", seconds_},
          {"cost", cost},
          {"sources", sources_}};
}

}  // namespace flnas::searches
