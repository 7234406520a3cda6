#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "searches/llm/chat/ledger.h"
#include "searches/llm/llm_caller.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// Who answers a search's strategy, with a ledger and a recorder.
class SearchChat {
 public:
  /// `out`: the search's folder, with ledger.jsonl, exchanges.jsonl of a server's or local exchanges (or the file of
  /// --record) and, for `file`, exchange/ with prompts and replies. Throws ConfigError and DataError where it cannot
  /// work, and where the folder has an archive but its recording is gone: what was paid for is not asked for again.
  SearchChat(const LlmRequest& request, const std::filesystem::path& out, int at_once = 1);

  ChatClient& client() { return *ledger_; }
  /// Of all sittings of the search.
  Json ledger() const { return record_to_json(ledger_->record()); }

 private:
  std::unique_ptr<ChatClient> answers_, recorder_;
  std::unique_ptr<LedgerChat> ledger_;
};

/// The settings of a strategy's questions.
LlmSettings llm_settings(const CommonRequest& request);

}  // namespace flnas::searches
