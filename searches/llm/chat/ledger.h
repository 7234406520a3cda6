#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// For a million tokens, in any currency; both or none.
struct TokenPrices {
  std::optional<double> prompt, completion;
};

/// Counts what questions take. Passes them on to `inner`, of which it keeps a reference, and which may be asked by
/// several threads at once where this client is.
class LedgerChat : public ChatClient {
 public:
  /// `file`: a line before every question and one before its reply is passed on. What it holds counts from the start,
  /// so that a search that was killed and goes on knows what it has paid for, and what it may have: questions whose
  /// reply never came. Blank: none.
  /// Throws ConfigError where a price is negative, or only one is given; DataError for a damaged file.
  LedgerChat(ChatClient& inner, TokenPrices prices, std::filesystem::path file = {});

  ChatReply ask(const ChatRequest& request) override;

  /// {"calls", "recorded", "failed", "retries", "prompt_tokens", "completion_tokens", "uncounted", "interrupted",
  ///  "seconds", "cost", "sources"}: calls were answered now and recorded ones before, which take no tokens, time or
  ///  money any more; failed ended in an error, and those whose reply came but could not be used have taken what the
  ///  server told; uncounted are calls whose server counted no tokens; interrupted were under way when an earlier
  ///  sitting was killed (the server may charge for them, and cost does not know); cost is null without prices or with
  ///  uncounted calls; sources are those of all replies, by name.
  Json to_json() const;

 private:
  /// One line: what an exchange took; of a question that is about to be sent the outcome alone.
  struct Entry {
    std::string outcome;  ///< asked; answered, recorded or failed
    std::string source;
    std::int64_t retries = 0;
    std::optional<std::int64_t> prompt_tokens, completion_tokens;
    double seconds = 0;
  };
  static Json line_of(const Entry& entry);
  static Entry entry_of(const Json& line);

  void read();
  void count(const Entry& entry);
  void add_taken(const Entry& entry);
  void add(const Entry& entry);

  ChatClient& inner_;
  TokenPrices prices_;
  std::filesystem::path file_;
  mutable std::mutex mutex_;  ///< of the file and the counts
  std::int64_t calls_ = 0, recorded_ = 0, failed_ = 0, retries_ = 0, uncounted_ = 0, interrupted_ = 0;
  std::int64_t prompt_tokens_ = 0, completion_tokens_ = 0;
  double seconds_ = 0;
  std::set<std::string> sources_;
};

}  // namespace flnas::searches
