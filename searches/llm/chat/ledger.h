#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "harness/records/ledger_record.h"
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

  LedgerRecord record() const;

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
  LedgerRecord taken_;        ///< without sources and cost
  std::set<std::string> sources_;
};

}  // namespace flnas::searches
