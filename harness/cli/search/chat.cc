#include "harness/cli/search/chat.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "searches/llm/chat/chat_pool.h"
#include "searches/llm/chat/file_chat.h"
#include "searches/llm/chat/http_chat.h"
#include "searches/llm/chat/recording.h"

namespace flnas::cli {

using namespace searches;

void add_chat_options(CLI::App& command, ChatRequestOptions& chat) {
  command.add_option("--llm-url", chat.url, "base of an OpenAI-compatible server; its key comes from FLNAS_LLM_KEY");
  command.add_option("--llm-model", chat.model, "as the server calls it");
  command.add_option("--llm-temperature", chat.temperature, "0 to 2")->capture_default_str();
  command.add_option("--llm-max-tokens", chat.max_tokens, "of a reply")->capture_default_str();
  command.add_option("--llm-timeout", chat.timeout, "seconds, for one attempt")->capture_default_str();
  command.add_option("--llm-prices", chat.prices, "for a million tokens, any currency: PROMPT,COMPLETION")
      ->delimiter(',');
  command.add_option("--record", chat.record, "append every exchange to this file");
  command.add_option("--replay", chat.replay, "recording that answers (--designer replay)");
}

std::vector<std::string> chat_flags(const ChatRequestOptions& chat) {
  const ChatRequestOptions usual;
  std::vector<std::string> words;
  const auto add = [&](const char* flag, const std::string& value, const std::string& unchanged = "") {
    if (value != unchanged) words.insert(words.end(), {flag, value});
  };
  add("--llm-url", chat.url);
  add("--llm-model", chat.model);
  add("--llm-temperature", fmt::format("{}", chat.temperature), fmt::format("{}", usual.temperature));
  add("--llm-max-tokens", fmt::format("{}", chat.max_tokens), fmt::format("{}", usual.max_tokens));
  add("--llm-timeout", fmt::format("{}", chat.timeout), fmt::format("{}", usual.timeout));
  add("--llm-prices", fmt::format("{}", fmt::join(chat.prices, ",")));
  add("--record", chat.record.string());
  add("--replay", chat.replay.string());
  return words;
}

bool needs_chat(const std::string& designer) { return designer == "llm" || designer == "file" || designer == "replay"; }

void ChatRequestOptions::require_for(const std::string& designer) const {
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) throw ConfigError(fmt::format("--designer {}: {}", designer, what));
  };
  require(designer != "llm" || (!url.empty() && !model.empty()),
          "needs --llm-url and --llm-model; without a server take --designer file, replay, evolution, random, fahana "
          "or niches");
  require(designer != "replay" || !replay.empty(), "needs --replay FILE");
  require(designer == "replay" || replay.empty(), "--replay is for --designer replay");
  require(designer == "llm" || designer == "file" || record.empty(), "--record is for --designer llm and file");
  require(designer == "llm" || url.empty(), "--llm-url is for --designer llm");
  require(temperature >= 0 && temperature <= 2, fmt::format("--llm-temperature must be 0 to 2, not {}", temperature));
  require(timeout > 0, fmt::format("--llm-timeout must be above 0, not {}", timeout));
  require(max_tokens > 0, fmt::format("--llm-max-tokens must be above 0, not {}", max_tokens));
  require(prices.empty() || prices.size() == 2, "--llm-prices are two: PROMPT,COMPLETION");
}

Json ChatRequestOptions::settings(const std::string& designer) const {
  Json settings = {{"model", model}, {"temperature", temperature}, {"max_tokens", max_tokens}};
  if (designer == "replay") settings["replay"] = sha256_file(replay);
  return settings;
}

SearchChat::SearchChat(const std::string& designer, const ChatRequestOptions& options, const std::filesystem::path& out,
                       int at_once) {
  std::vector<std::unique_ptr<ChatClient>> clients;
  if (designer == "llm") {
    HttpChatOptions http;
    http.url = options.url;
    http.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(1e3 * options.timeout));
    for (int i = 0; i < at_once; ++i) clients.push_back(make_http_chat(http));
  } else if (designer == "file") {
    FileChatOptions file;
    file.folder = out / "exchange";
    clients.push_back(make_file_chat(file));
  } else {
    clients.push_back(make_replay_chat(options.replay));
  }
  answers_ = std::make_unique<ChatPool>(std::move(clients));
  if (!options.record.empty()) recorder_ = make_recording_chat(*answers_, options.record);
  TokenPrices prices;
  if (options.prices.size() == 2) prices = {.prompt = options.prices[0], .completion = options.prices[1]};
  ledger_ = std::make_unique<LedgerChat>(recorder_ ? *recorder_ : *answers_, prices, out / "ledger.jsonl");
}

}  // namespace flnas::cli
