#include "searches/llm/chat/http_chat.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <random>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "harness/http/http.h"
#include "searches/llm/chat/completions.h"
#include "searches/llm/chat/secrets.h"

namespace flnas::searches {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// What may work on another attempt.
struct Passing {
  std::string problem;
  std::optional<Milliseconds> wait;  ///< asked for by the server
};

/// A decimal number that is all of a header, at least 0.
std::optional<double> decimal(const http::Response& response, const char* name) {
  const std::string text = response.header(name);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size() || !(value >= 0)) return std::nullopt;
  return value;
}

/// How long to wait: a retry-after-ms, or a Retry-After in seconds or as a date. At most a day.
std::optional<Milliseconds> retry_after(const http::Response& response) {
  static constexpr double kDay = 86'400;
  const auto wait = [](double seconds) {
    return Milliseconds(static_cast<std::int64_t>(std::ceil(1000 * std::min(seconds, kDay))));
  };
  if (const auto milliseconds = decimal(response, "retry-after-ms")) return wait(*milliseconds / 1000);
  if (const auto seconds = decimal(response, "retry-after")) return wait(*seconds);
  const std::time_t when = curl_getdate(response.header("retry-after").c_str(), nullptr);
  if (when < 0) return std::nullopt;
  return wait(std::max(0.0, std::difftime(when, std::time(nullptr))));
}

class HttpChat : public ChatClient {
 public:
  explicit HttpChat(const HttpChatOptions& options)
      : options_(options),
        url_(parse_chat_url(options.url)),
        key_(key_from_environment()),
        random_(std::random_device{}()) {
    if (!key_.value.empty() && !url_.encrypted && !url_.loopback) {
      throw ConfigError(fmt::format("{}: {} would be sent unencrypted; use https, or unset {} for a server without key",
                                    url_.url, key_.variable, key_.variable));
    }
    if (!key_.value.empty() && (url_.url + "/").find("/" + key_.value + "/") != std::string::npos) {
      throw ConfigError(
          fmt::format("the server's URL holds the key in {}, which records would show; leave it out of "
                      "the URL",
                      key_.variable));
    }
    if (!options_.sleep) options_.sleep = [](Milliseconds wait) { std::this_thread::sleep_for(wait); };
  }

  ChatReply ask(const ChatRequest& request) override {
    const auto start = Clock::now();
    for (int attempt = 1;; ++attempt) {
      Passing passing;
      const auto sign = [&](ChatReply& reply) {
        reply.retries = attempt - 1;
        reply.seconds = std::chrono::duration<double>(Clock::now() - start).count();
        reply.source = reply.model.starts_with("scripted") ? "scripted" : url_.host;
      };
      try {
        if (auto reply = try_once(request, passing)) {
          sign(*reply);
          return std::move(*reply);
        }
      } catch (UnusableReply& unusable) {
        sign(unusable.reply);
        throw;
      }
      if (attempt >= options_.attempts) {
        throw RemoteError(fmt::format("{}: {} ({} attempts); run the same command later, it continues here", url_.url,
                                      passing.problem, attempt));
      }
      const auto doubled = options_.first_wait * (std::int64_t{1} << std::min(attempt - 1, 20));
      const auto backoff = std::min<Milliseconds>(doubled, options_.longest_wait);
      const Milliseconds jittered(
          static_cast<std::int64_t>(static_cast<double>(backoff.count()) * random_.uniform(0.5, 1.0)));
      options_.sleep(std::min(std::max(jittered, passing.wait.value_or(Milliseconds(0))), options_.longest_wait));
    }
  }

 private:
  /// Empty with the reason where another attempt may help.
  std::optional<ChatReply> try_once(const ChatRequest& request, Passing& passing) {
    http::Request post{
        .url = url_.url, .body = completion_body(request, form_), .decompress = true, .follow_redirects = false};
    post.headers = {"Content-Type: application/json", "Accept: application/json", "Expect:"};
    if (!key_.value.empty()) post.headers.push_back("Authorization: Bearer " + key_.value);
    post.connect_timeout = options_.connect_timeout;
    post.total_timeout = post.stall_timeout = options_.timeout;
    std::string body;
    const http::Response response = http::send(post, [&](const http::Response&, std::string_view bytes) {
      if (body.size() + bytes.size() > options_.most_bytes) {
        fail<RemoteError>(fmt::format("the reply has more than {}; is this a chat-completions server?",
                                      format_bytes(static_cast<double>(options_.most_bytes))));
      }
      body += bytes;
    });
    if (response.failure != http::Failure::kNone) {
      passing.problem = unfinished(response, body.size());
      return std::nullopt;
    }
    answered_ = true;
    const bool is_completion = response.status / 100 == 2;
    const auto inside = is_completion ? status_inside(body) : std::nullopt;
    if (is_completion && !inside) return parse_completion(body, url_.url);
    const int status = inside.value_or(response.status);
    if ((status == 400 || status == 422) && adapt(form_, body)) return try_once(request, passing);
    passing.problem = refused(response, status, body);
    passing.wait = retry_after(response);
    return std::nullopt;
  }

  /// The problem of a transfer that may work on another attempt; throws for the others.
  std::string unfinished(const http::Response& response, std::size_t bytes) const {
    using http::Failure;
    switch (response.failure) {
      case Failure::kAddress:
      case Failure::kConnect:
        if (answered_) return fmt::format("the server cannot be reached any more ({})", response.error);
        fail<RemoteError>(
            fmt::format("the server cannot be reached ({}); check the URL, and that the server runs", response.error));
      case Failure::kTls:
        fail<RemoteError>(fmt::format("the server's certificate or encryption was refused ({})", response.error));
      case Failure::kTimeout:
        fail<RemoteError>(fmt::format("no whole reply within {} s; allow more time, or use a faster model",
                                      static_cast<double>(options_.timeout.count()) / 1000));
      default:
        return fmt::format("the connection broke after {} ({})", format_bytes(static_cast<double>(bytes)),
                           response.error);
    }
  }

  /// The problem of an answer that may be better on another attempt; throws for the others.
  std::string refused(const http::Response& response, int status, const std::string& body) const {
    const std::string said = error_text(body);
    const std::string reason = said.empty() ? "" : ": " + said;
    if (status == 401 || status == 403) {
      fail<ConfigError>(key_.value.empty()
                            ? fmt::format("the server wants a key ({}{}); set FLNAS_LLM_KEY", status, reason)
                            : fmt::format("the server refused the key in {} ({}{})", key_.variable, status, reason));
    }
    if (status == 404) {
      fail<ConfigError>(fmt::format("no such address or model (404{}); check the URL and the model's name", reason));
    }
    if (status / 100 == 3) {
      fail<ConfigError>(fmt::format("the server sends on to '{}' ({}); give the URL that it names",
                                    one_line(redact(response.header("location")), 200), status));
    }
    if (status == 429 && is_out_of_quota(body)) {
      fail<RemoteError>(fmt::format("the quota is used up (429{})", reason));
    }
    if (status == 408 || status == 429 || status >= 500) {
      return fmt::format("the server answered {}{}", status, reason);
    }
    fail<ConfigError>(fmt::format("the server refused the request ({}{})", status, reason));
  }

  template <class E>
  [[noreturn]] void fail(const std::string& what) const {
    throw E(url_.url + ": " + what);
  }

  HttpChatOptions options_;
  ChatUrl url_;
  ChatKey key_;
  Random random_;
  CompletionForm form_;  ///< what this server takes, learned from its refusals
  bool answered_ = false;
};

}  // namespace

std::unique_ptr<ChatClient> make_http_chat(const HttpChatOptions& options) {
  return std::make_unique<HttpChat>(options);
}

}  // namespace flnas::searches
