#include "searches/llm/chat/file_chat.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <optional>
#include <set>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "searches/llm/chat/secrets.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uintmax_t kMostBytes = 4 * 1024 * 1024;

volatile sig_atomic_t interrupted = 0;

/// While it lives, Ctrl-C sets `interrupted` instead of ending the program.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted = 0;
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, &before_);
  }
  ~InterruptGuard() { ::sigaction(SIGINT, &before_, nullptr); }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  struct sigaction before_ {};
};

std::string prompt_text(const ChatRequest& request) {
  if (request.messages.size() == 1) return redact(request.messages[0].content) + "\n";
  std::string text;
  for (const auto& message : request.messages) {
    text += fmt::format("{}=== {} ===\n{}\n", text.empty() ? "" : "\n", message.role, redact(message.content));
  }
  return text;
}

class FileChat : public ChatClient {
 public:
  explicit FileChat(FileChatOptions options) : options_(std::move(options)) {
    if (!options_.say) options_.say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  }

  ChatReply ask(const ChatRequest& request) override {
    const auto start = Clock::now();
    const std::string prompt = prompt_text(request);
    const int number = number_of(prompt);
    used_.insert(number);
    if (!fs::exists(path(number, "prompt"))) write_file(path(number, "prompt"), prompt);
    ChatReply reply;
    reply.recorded = fs::exists(path(number, "reply"));
    reply.text = redact(wait_for(path(number, "reply"), path(number, "prompt")));
    reply.source = "file";
    reply.model = request.model.empty() ? reply.source : request.model;
    reply.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return reply;
  }

 private:
  fs::path path(int number, const char* kind) const {
    return options_.folder / fmt::format("{:04}.{}.txt", number, kind);
  }

  /// The first number whose prompt is this one and was not used yet, else the first free one.
  int number_of(const std::string& prompt) const {
    for (int number = 1;; ++number) {
      if (!fs::exists(path(number, "prompt"))) return number;
      if (!used_.contains(number) && read_file(path(number, "prompt")) == prompt) return number;
    }
  }

  std::string wait_for(const fs::path& reply, const fs::path& prompt) const {
    if (!fs::exists(reply)) {
      options_.say(fmt::format("give {} to a chat, and save its answer as {}", prompt.string(), reply.string()));
    }
    const InterruptGuard guard;
    const auto start = Clock::now();
    std::optional<std::uintmax_t> before;
    for (;;) {
      std::error_code missing;
      const std::uintmax_t size = fs::file_size(reply, missing);
      if (!missing && size > 0 && before == size) return read_reply_file(reply, size);
      before = missing ? std::nullopt : std::optional(size);
      if (interrupted != 0) {
        throw Interrupted(fmt::format("{}: interrupted; the same command run again continues here", reply.string()));
      }
      if (options_.timeout.count() > 0 && Clock::now() - start > options_.timeout) {
        throw RemoteError(fmt::format("{}: no reply within {:.3g} s; save it and run the same command again",
                                      reply.string(), static_cast<double>(options_.timeout.count()) / 1000));
      }
      std::this_thread::sleep_for(options_.poll);
    }
  }

  static std::string read_reply_file(const fs::path& file, std::uintmax_t size) {
    if (size > kMostBytes) {
      throw ConfigError(fmt::format("{}: {} are too long for a reply; keep the architecture only", file.string(),
                                    format_bytes(static_cast<double>(size))));
    }
    std::string text = read_file(file);
    if (!is_utf8(text)) throw ConfigError(fmt::format("{}: save it as UTF-8", file.string()));
    return text;
  }

  FileChatOptions options_;
  std::set<int> used_;
};

}  // namespace

std::unique_ptr<ChatClient> make_file_chat(const FileChatOptions& options) {
  return std::make_unique<FileChat>(options);
}

}  // namespace flnas::searches
