#include "searches/session/search_chat.h"

#include <fmt/format.h>

#include <chrono>

#include "harness/base/error.h"
#include "harness/records/files.h"
#include "searches/llm/chat/chat_pool.h"
#include "searches/llm/chat/file_chat.h"
#include "searches/llm/chat/http_chat.h"
#include "searches/llm/chat/local_chat.h"
#include "searches/llm/chat/recording.h"
#include "searches/problem/local_model.h"

namespace flnas::searches {
namespace fs = std::filesystem;

SearchChat::SearchChat(const LlmRequest& request, const fs::path& out, int at_once) {
  fs::path record = request.record;
  std::vector<std::unique_ptr<ChatClient>> clients;
  const std::chrono::milliseconds timeout(static_cast<std::int64_t>(1e3 * request.timeout));
  if (request.llm == "server" || request.llm == "local") {
    if (record.empty()) record = out / kExchangesFile;
    const fs::path archive = out / kArchiveFile;
    if (fs::exists(archive) && fs::file_size(archive) > 0 && !fs::exists(record)) {
      throw ConfigError(
          fmt::format("{}: not there, but {} is: the replies that were paid for are gone; choose another --out",
                      record.string(), archive.string()));
    }
  }
  if (request.llm == "server") {
    HttpChatOptions http;
    http.url = request.url;
    http.timeout = timeout;
    for (int i = 0; i < at_once; ++i) clients.push_back(make_http_chat(http));
  } else if (request.llm == "local") {
    const LocalModel local = find_local_model(request.weights);
    clients.push_back(make_local_chat({.program = local.program,
                                       .weights = local.weights,
                                       .model = local.name,
                                       .threads = request.threads,
                                       .timeout = timeout}));
  } else if (request.llm == "file") {
    FileChatOptions file;
    file.folder = out / "exchange";
    clients.push_back(make_file_chat(file));
  } else {
    clients.push_back(make_replay_chat(request.replay));
  }
  answers_ = std::make_unique<ChatPool>(std::move(clients));
  if (!record.empty()) recorder_ = make_recording_chat(*answers_, record);
  TokenPrices prices;
  if (request.prices.size() == 2) prices = {.prompt = request.prices[0], .completion = request.prices[1]};
  ledger_ = std::make_unique<LedgerChat>(recorder_ ? *recorder_ : *answers_, prices, out / kLedgerFile);
}

LlmSettings llm_settings(const CommonRequest& request) {
  LlmSettings settings;
  const bool is_local = request.llm.llm == "local";
  settings.model = is_local ? find_local_model(request.llm.weights).name : request.llm.model;
  settings.temperature = request.llm.temperature;
  settings.max_tokens = request.llm.max_tokens;
  settings.structured = request.llm.format == "json";
  settings.attempts = request.attempts;
  settings.at_once = is_local || request.llm.llm == "file" ? 1 : request.calls;
  return settings;
}

}  // namespace flnas::searches
