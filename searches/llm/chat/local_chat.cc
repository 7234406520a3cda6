#include "searches/llm/chat/local_chat.h"

#include <fmt/format.h>

#include <optional>

#include "harness/base/child_process.h"
#include "harness/base/error.h"
#include "harness/base/text.h"
#include "searches/llm/chat/secrets.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kLongestExcerpt = 200;
constexpr char kSource[] = "local";

std::string line_of(const ChatRequest& request) {
  Json json = {{"messages", Json::array()},
               {"temperature", request.temperature},
               {"seed", request.seed & 0x7fffffffU},
               {"max_tokens", request.max_tokens},
               {"schema", request.schema}};
  for (const ChatMessage& message : request.messages) {
    json["messages"].push_back({{"role", message.role}, {"content", message.content}});
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class LocalChat : public ChatClient {
 public:
  explicit LocalChat(LocalChatOptions options) : options_(std::move(options)) {}

  ChatReply ask(const ChatRequest& request) override {
    const auto start = std::chrono::steady_clock::now();
    if (!program_) begin();
    const Json json = line_from(program_->ask(line_of(request), options_.timeout), "while it answered",
                                "run the same command again, it continues here");
    if (json.contains("error")) throw ConfigError(where() + said(json));
    ChatReply reply;
    try {
      reply.text = redact(json.at("text").get<std::string>());
      reply.prompt_tokens = json.at("prompt_tokens").get<std::int64_t>();
      reply.completion_tokens = json.at("completion_tokens").get<std::int64_t>();
      reply.cut = json.at("cut").get<bool>();
    } catch (const Json::exception&) {
      lose(fmt::format("its program sent what is no reply: {}", one_line(json.dump(), kLongestExcerpt)));
    }
    reply.model = options_.model;
    reply.source = kSource;
    reply.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return reply;
  }

 private:
  std::string where() const { return options_.weights.string() + ": "; }

  static std::string said(const Json& json) {
    return json["error"].is_string() ? one_line(json["error"].get<std::string>(), kLongestExcerpt) : "no reason given";
  }

  void begin() {
    program_.emplace(std::vector<std::string>{options_.program.string(), options_.weights.string(),
                                              std::to_string(options_.threads)});
    const Json json = line_from(program_->read_line(options_.timeout), "while it started", "run make setup-llm again");
    if (json.contains("ready")) return;
    if (!json.contains("error")) lose("its program is no flnas-llm; run make setup-llm");
    const std::string reason = said(json);
    program_.reset();
    throw ConfigError(fmt::format("{}{}; give other weights (--llm-weights)", where(), reason));
  }

  /// The JSON object of a line; throws RemoteError where there is none.
  Json line_from(const ChildProcess::Reply& reply, const char* when, const char* remedy) {
    if (reply.status == ChildProcess::Status::kLimit) {
      lose(fmt::format("no reply within {} s; allow more time (--llm-timeout), or take a smaller model",
                       static_cast<double>(options_.timeout.count()) / 1000));
    }
    if (reply.status == ChildProcess::Status::kEnded) {
      const std::string how = program_->how_it_ended(), last = one_line(program_->last_error(), kLongestExcerpt);
      lose(fmt::format("the language model's program ended {} with {}{}; {}", when, how,
                       last.empty() ? "" : ": " + last, remedy));
    }
    Json json = Json::parse(reply.line, nullptr, false);
    if (!json.is_object()) {
      lose(fmt::format("its program sent what is no reply: {}", one_line(reply.line, kLongestExcerpt)));
    }
    return json;
  }

  /// Ends the program: it may be in any state.
  [[noreturn]] void lose(const std::string& what) {
    program_.reset();
    throw RemoteError(where() + what);
  }

  LocalChatOptions options_;
  std::optional<ChildProcess> program_;
};

}  // namespace

std::unique_ptr<ChatClient> make_local_chat(const LocalChatOptions& options) {
  return std::make_unique<LocalChat>(options);
}

}  // namespace flnas::searches
