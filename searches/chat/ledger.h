#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "harness/base/json.h"
#include "searches/chat/chat.h"

namespace flnas::searches {

/// For a million tokens, in any currency; both or none.
struct TokenPrices {
  std::optional<double> prompt, completion;
};

/// Counts what questions take. Passes them on to `inner`, of which it keeps a reference, and which may be asked by
/// several threads at once where this client is.
class LedgerChat : public ChatClient {
 public:
  /// Throws ConfigError where a price is negative, or only one is given.
  LedgerChat(ChatClient& inner, TokenPrices prices);

  ChatReply ask(const ChatRequest& request) override;

  /// {"calls", "recorded", "failed", "retries", "prompt_tokens", "completion_tokens", "uncounted", "seconds", "cost",
  ///  "sources"}: calls were answered now and recorded ones before, which take no tokens, time or money any more;
  ///  failed
  /// ended in an error; uncounted are calls whose server counted no tokens; cost is null without prices or with
  /// uncounted calls; sources are those of all replies.
  Json to_json() const;

 private:
  ChatClient& inner_;
  TokenPrices prices_;
  std::mutex mutex_;  ///< of the counts
  std::int64_t calls_ = 0, recorded_ = 0, failed_ = 0, retries_ = 0, uncounted_ = 0;
  std::int64_t prompt_tokens_ = 0, completion_tokens_ = 0;
  double seconds_ = 0;
  Json sources_ = Json::array();
};

}  // namespace flnas::searches
