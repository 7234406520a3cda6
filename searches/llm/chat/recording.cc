#include "searches/llm/chat/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "searches/llm/chat/secrets.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

Json to_json(const ChatRequest& request) {
  Json messages = Json::array();
  for (const auto& message : request.messages) {
    messages.push_back({{"role", message.role}, {"content", redact(message.content)}});
  }
  return {{"model", request.model},
          {"temperature", request.temperature},
          {"seed", request.seed},
          {"max_tokens", request.max_tokens},
          {"messages", messages}};
}

std::string to_line(const ChatRequest& request, const ChatReply& reply, const std::string& failure = "") {
  const auto or_null = [](const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(); };
  Json json = {{"source", reply.source},
               {"time", utc_now()},
               {"request", to_json(request)},
               {"reply",
                {{"text", redact(reply.text)},
                 {"model", reply.model},
                 {"prompt_tokens", or_null(reply.prompt_tokens)},
                 {"completion_tokens", or_null(reply.completion_tokens)},
                 {"seconds", reply.seconds},
                 {"retries", reply.retries}}}};
  if (reply.cut) json["reply"]["cut"] = true;
  if (!failure.empty()) json["failure"] = failure;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Exchange from_json(const Json& json) {
  Exchange exchange;
  const Json &request = json.at("request"), &reply = json.at("reply");
  for (const Json& message : request.at("messages")) {
    exchange.request.messages.push_back({message.at("role"), message.at("content")});
  }
  request.at("model").get_to(exchange.request.model);
  request.at("temperature").get_to(exchange.request.temperature);
  request.at("seed").get_to(exchange.request.seed);
  request.at("max_tokens").get_to(exchange.request.max_tokens);
  const auto count = [&](const char* key) -> std::optional<std::int64_t> {
    if (reply.at(key).is_null()) return std::nullopt;
    return reply.at(key).get<std::int64_t>();
  };
  exchange.reply = {.text = reply.at("text"),
                    .model = reply.at("model"),
                    .prompt_tokens = count("prompt_tokens"),
                    .completion_tokens = count("completion_tokens"),
                    .seconds = reply.at("seconds"),
                    .retries = reply.at("retries"),
                    .cut = reply.value("cut", false),
                    .source = json.at("source"),
                    .recorded = true};
  return exchange;
}

/// As it stands in a recording.
std::vector<ChatMessage> redacted(std::vector<ChatMessage> messages) {
  for (auto& message : messages) message.content = redact(message.content);
  return messages;
}

bool same_request(const ChatRequest& a, const ChatRequest& b) {
  return a.messages == b.messages && a.model == b.model && a.temperature == b.temperature && a.seed == b.seed &&
         a.max_tokens == b.max_tokens;
}

/// Exchanges, each of which answers once.
class Tape {
 public:
  explicit Tape(std::vector<Exchange> exchanges) : exchanges_(std::move(exchanges)), used_(exchanges_.size(), false) {}

  /// The first unused exchange behind the last one used that `fits`, else the first before it; nullptr without one.
  template <class Fits>
  const Exchange* take(const Fits& fits) {
    for (std::size_t i = 0; i < exchanges_.size(); ++i) {
      const std::size_t at = (next_ + i) % exchanges_.size();
      if (used_[at] || !fits(exchanges_[at].request)) continue;
      used_[at] = true;
      next_ = at + 1;
      return &exchanges_[at];
    }
    return nullptr;
  }
  std::size_t size() const { return exchanges_.size(); }
  std::size_t next() const { return next_; }
  const Exchange& operator[](std::size_t i) const { return exchanges_[i]; }

 private:
  std::vector<Exchange> exchanges_;
  std::vector<bool> used_;
  std::size_t next_ = 0;
};

class RecordingChat : public ChatClient {
 public:
  RecordingChat(ChatClient& inner, const fs::path& file)
      : inner_(inner), file_(file), tape_(fs::exists(file) ? read_recording(file) : std::vector<Exchange>()) {}

  ChatReply ask(const ChatRequest& request) override {
    ChatRequest shown = request;
    shown.messages = redacted(request.messages);
    const auto fits = [&](const ChatRequest& recorded) { return same_request(recorded, shown); };
    {
      const std::lock_guard lock(mutex_);
      if (const Exchange* known = tape_.take(fits)) return known->reply;
    }
    try {
      ChatReply reply = inner_.ask(request);
      append(to_line(request, reply));
      return reply;
    } catch (const UnusableReply& unusable) {
      append(to_line(request, unusable.reply, unusable.what()));
      throw;
    }
  }

 private:
  void append(const std::string& line) {
    const std::lock_guard lock(mutex_);
    append_line(file_, line);
  }

  ChatClient& inner_;
  fs::path file_;
  std::mutex mutex_;  // of the tape and the file
  Tape tape_;
};

class ReplayChat : public ChatClient {
 public:
  explicit ReplayChat(const fs::path& file) : file_(file), tape_(read_recording(file)) {}

  ChatReply ask(const ChatRequest& request) override {
    const auto asked = redacted(request.messages);
    const auto fits = [&](const ChatRequest& recorded) { return recorded.messages == asked; };
    const auto fits_exactly = [&](const ChatRequest& recorded) {
      return recorded.seed == request.seed && fits(recorded);
    };
    const std::lock_guard lock(mutex_);
    if (const Exchange* known = tape_.take(fits_exactly)) return known->reply;
    if (const Exchange* known = tape_.take(fits)) return known->reply;
    if (tape_.next() >= tape_.size()) {
      throw ConfigError(
          fmt::format("{}: its {} exchanges are used up and the search asks on; replay with the settings "
                      "that it was recorded with",
                      file_.string(), tape_.size()));
    }
    throw ConfigError(
        fmt::format("{}: another prompt was recorded in exchange {}: {}; replay with the settings that it "
                    "was recorded with",
                    file_.string(), tape_.next() + 1, difference(tape_[tape_.next()].request.messages, asked)));
  }

 private:
  fs::path file_;
  std::mutex mutex_;
  Tape tape_;
};

}  // namespace

std::vector<Exchange> read_recording(const fs::path& file) {
  if (!fs::is_regular_file(file)) throw DataError(fmt::format("{}: no such recording", file.string()));
  const std::string content = read_file(file);
  const std::string_view whole = std::string_view(content).substr(0, content.rfind('\n') + 1);  // npos + 1 is 0
  std::vector<Exchange> exchanges;
  int number = 0;
  for (const auto& line : split(whole, '\n')) {
    if (line.empty()) continue;
    ++number;
    try {
      const Json json = parse_json(line, file.string());
      Exchange exchange = from_json(json);
      if (!json.contains("failure")) exchanges.push_back(std::move(exchange));
    } catch (const std::exception&) {
      throw DataError(fmt::format("{}: line {} is no recorded exchange", file.string(), number));
    }
  }
  return exchanges;
}

std::unique_ptr<ChatClient> make_recording_chat(ChatClient& inner, const fs::path& file) {
  return std::make_unique<RecordingChat>(inner, file);
}

std::unique_ptr<ChatClient> make_replay_chat(const fs::path& file) { return std::make_unique<ReplayChat>(file); }

std::string difference(const std::vector<ChatMessage>& recorded, const std::vector<ChatMessage>& asked) {
  constexpr std::size_t kShown = 40;
  for (std::size_t i = 0; i < std::min(recorded.size(), asked.size()); ++i) {
    const std::string &a = recorded[i].content, &b = asked[i].content;
    if (recorded[i] == asked[i]) continue;
    if (recorded[i].role != asked[i].role) {
      return fmt::format("message {} was recorded as {}, and is asked as {}", i + 1, recorded[i].role, asked[i].role);
    }
    const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    const auto line = 1 + std::count(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto column = at - (at == 0 ? 0 : a.rfind('\n', at - 1) + 1) + 1;
    return fmt::format("message {} ({}), line {}, column {}: recorded '{}', asked '{}'", i + 1, asked[i].role, line,
                       column, one_line(a.substr(at), kShown), one_line(b.substr(at), kShown));
  }
  if (recorded.size() == asked.size()) return "";
  return fmt::format("{} messages were recorded, and {} are asked", recorded.size(), asked.size());
}

}  // namespace flnas::searches
