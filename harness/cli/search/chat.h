#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/llm/chat/ledger.h"

namespace flnas::cli {

/// Who answers the designers with words.
struct ChatRequestOptions {
  std::string url;    ///< base of an OpenAI-compatible server
  std::string model;  ///< as the server calls it
  double temperature = 1.0;
  int max_tokens = 2048;
  double timeout = 600;          ///< seconds, for one attempt
  std::vector<double> prices;    ///< for a million tokens: prompt, completion
  std::filesystem::path record;  ///< every exchange is appended to it
  std::filesystem::path replay;  ///< a recording that answers

  /// Throws ConfigError where something is missing, or not meant, for the designer.
  void require_for(const std::string& designer) const;
  /// What the answers depend on: {model, temperature, max_tokens}, and for replay the SHA-256 of the recording. The
  /// server is left out: another one may answer for the same model.
  Json settings(const std::string& designer) const;
};

/// The flags --llm-url, --llm-model and so on, --record and --replay.
void add_chat_options(CLI::App& command, ChatRequestOptions& options);
/// Those that differ from the defaults, to repeat a command.
std::vector<std::string> chat_flags(const ChatRequestOptions& options);

/// llm, file and replay ask somebody; the other designers do not.
bool needs_chat(const std::string& designer);

/// A client with its ledger, and its recorder where there is one.
class SearchChat {
 public:
  /// `out`: the search's folder, with ledger.jsonl and, for designer `file`, exchange/ with prompts and replies.
  /// `at_once`: questions that are under way at once, where a server answers; the client may be asked by several
  /// threads.
  SearchChat(const std::string& designer, const ChatRequestOptions& options, const std::filesystem::path& out,
             int at_once = 1);

  searches::ChatClient& client() { return *ledger_; }
  /// Of all sittings of the search.
  Json ledger() const { return ledger_->to_json(); }

 private:
  std::unique_ptr<searches::ChatClient> answers_, recorder_;
  std::unique_ptr<searches::LedgerChat> ledger_;
};

}  // namespace flnas::cli
