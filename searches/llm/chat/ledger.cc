#include "searches/llm/chat/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kAsked[] = "asked", kAnswered[] = "answered", kRecorded[] = "recorded", kBroken[] = "failed";

}  // namespace

LedgerChat::LedgerChat(ChatClient& inner, TokenPrices prices, std::filesystem::path file)
    : inner_(inner), prices_(prices), file_(std::move(file)) {
  if (prices.prompt.has_value() != prices.completion.has_value()) {
    throw ConfigError("give the price of both a million prompt tokens and a million completion tokens, or none");
  }
  if (!(prices.prompt.value_or(0) >= 0) || !(prices.completion.value_or(0) >= 0)) {
    throw ConfigError("a price of tokens must be 0 or more");
  }
  read();
}

Json LedgerChat::line_of(const Entry& entry) {
  if (entry.outcome == kAsked) return {{"outcome", kAsked}};
  const auto or_null = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"outcome", entry.outcome},
          {"source", entry.source},
          {"retries", entry.retries},
          {"prompt_tokens", or_null(entry.prompt_tokens)},
          {"completion_tokens", or_null(entry.completion_tokens)},
          {"seconds", entry.seconds}};
}

LedgerChat::Entry LedgerChat::entry_of(const Json& line) {
  if (line.at("outcome") == kAsked) return {.outcome = kAsked};
  Entry entry{.outcome = line.at("outcome").get<std::string>(),
              .source = line.at("source").get<std::string>(),
              .retries = line.at("retries").get<std::int64_t>(),
              .seconds = line.at("seconds").get<double>()};
  const auto tokens = [&](const char* key) {
    return line.at(key).is_null() ? std::nullopt : std::optional(line.at(key).get<std::int64_t>());
  };
  entry.prompt_tokens = tokens("prompt_tokens");
  entry.completion_tokens = tokens("completion_tokens");
  return entry;
}

void LedgerChat::read() {
  if (file_.empty() || !fs::exists(file_)) return;
  std::int64_t in_flight = 0;
  const std::string content = read_file(file_);
  const std::size_t whole = content.rfind('\n') + 1;  // npos + 1 is 0; what follows was torn by a kill
  int number = 0;
  for (const auto& line : split(std::string_view(content).substr(0, whole), '\n')) {
    if (line.empty()) continue;
    const std::string where = fmt::format("{}:{}", file_.string(), ++number);
    try {
      const Entry entry = entry_of(parse_json(line, where));
      in_flight += entry.outcome == kAsked ? 1 : -1;
      if (entry.outcome != kAsked) count(entry);
    } catch (const Json::exception&) {
      throw DataError(where + ": not an exchange of a ledger; remove the line");
    }
  }
  taken_.interrupted = std::max<std::int64_t>(0, in_flight);  // earlier versions wrote no line before they asked
}

void LedgerChat::count(const Entry& entry) {
  if (!entry.source.empty()) sources_.insert(entry.source);
  if (entry.outcome == kBroken) {
    ++taken_.failed;
    add_taken(entry);
  } else if (entry.outcome == kRecorded) {
    ++taken_.recorded;
  } else {
    ++taken_.calls;
    if (!entry.prompt_tokens || !entry.completion_tokens) ++taken_.uncounted;
    add_taken(entry);
  }
}

void LedgerChat::add_taken(const Entry& entry) {
  taken_.retries += entry.retries;
  taken_.seconds += entry.seconds;
  taken_.prompt_tokens += entry.prompt_tokens.value_or(0);
  taken_.completion_tokens += entry.completion_tokens.value_or(0);
}

void LedgerChat::add(const Entry& entry) {
  const std::lock_guard lock(mutex_);
  if (entry.outcome != kAsked) count(entry);
  // Without waiting for the disk: a power failure may take the last counts, but no reply.
  if (!file_.empty()) append_line(file_, line_of(entry).dump(), Wait::kNot);
}

ChatReply LedgerChat::ask(const ChatRequest& request) {
  add({.outcome = kAsked});
  ChatReply reply;
  try {
    reply = inner_.ask(request);
  } catch (const UnusableReply& unusable) {
    const ChatReply& came = unusable.reply;
    add({.outcome = kBroken,
         .source = came.source,
         .retries = came.retries,
         .prompt_tokens = came.prompt_tokens,
         .completion_tokens = came.completion_tokens,
         .seconds = came.seconds});
    throw;
  } catch (...) {
    add({.outcome = kBroken});
    throw;
  }
  add({.outcome = reply.recorded ? kRecorded : kAnswered,
       .source = reply.source,
       .retries = reply.retries,
       .prompt_tokens = reply.prompt_tokens,
       .completion_tokens = reply.completion_tokens,
       .seconds = reply.seconds});
  return reply;
}

LedgerRecord LedgerChat::record() const {
  const std::lock_guard lock(mutex_);
  LedgerRecord record = taken_;
  record.interrupted = taken_.interrupted.value_or(0);
  record.sources = {sources_.begin(), sources_.end()};
  if (prices_.prompt && record.uncounted == 0) {
    record.cost = (static_cast<double>(record.prompt_tokens) * *prices_.prompt +
                   static_cast<double>(record.completion_tokens) * *prices_.completion) /
                  1e6;
  }
  return record;
}

}  // namespace flnas::searches
