#include "harness/apps/search_chat.h"

#include <fmt/format.h>

#include <chrono>

#include "harness/base/error.h"
#include "searches/chat/file_chat.h"
#include "searches/chat/http_chat.h"
#include "searches/chat/recording.h"

namespace flnas::apps {

using namespace searches;

bool needs_chat(const std::string& designer) { return designer == "llm" || designer == "file" || designer == "replay"; }

void ChatRequestOptions::require_for(const std::string& designer) const {
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) throw ConfigError(fmt::format("--designer {}: {}", designer, what));
  };
  require(
      designer != "llm" || (!url.empty() && !model.empty()),
      "needs --llm-url and --llm-model; without a server take --designer file, replay, evolution, random or fahana");
  require(designer != "replay" || !replay.empty(), "needs --replay FILE");
  require(designer == "replay" || replay.empty(), "--replay is for --designer replay");
  require(designer == "llm" || designer == "file" || record.empty(), "--record is for --designer llm and file");
  require(designer == "llm" || url.empty(), "--llm-url is for --designer llm");
  require(temperature >= 0 && temperature <= 2, fmt::format("--llm-temperature must be 0 to 2, not {}", temperature));
  require(timeout > 0, fmt::format("--llm-timeout must be above 0, not {}", timeout));
  require(max_tokens > 0, fmt::format("--llm-max-tokens must be above 0, not {}", max_tokens));
  require(prices.empty() || prices.size() == 2, "--llm-prices are two: PROMPT,COMPLETION");
}

SearchChat::SearchChat(const std::string& designer, const ChatRequestOptions& options,
                       const std::filesystem::path& exchange) {
  if (designer == "llm") {
    HttpChatOptions http;
    http.url = options.url;
    http.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(1e3 * options.timeout));
    answers_ = make_http_chat(http);
  } else if (designer == "file") {
    FileChatOptions file;
    file.folder = exchange;
    answers_ = make_file_chat(file);
  } else {
    answers_ = make_replay_chat(options.replay);
  }
  if (!options.record.empty()) recorder_ = make_recording_chat(*answers_, options.record);
  TokenPrices prices;
  if (options.prices.size() == 2) prices = {.prompt = options.prices[0], .completion = options.prices[1]};
  ledger_ = std::make_unique<LedgerChat>(recorder_ ? *recorder_ : *answers_, prices);
}

}  // namespace flnas::apps
