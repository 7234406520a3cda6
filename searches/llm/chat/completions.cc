#include "searches/llm/chat/completions.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/text.h"
#include "searches/llm/chat/secrets.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kLongestExcerpt = 200;
constexpr std::size_t kLongestUnusable = 2000;  ///< bytes of a reply that cannot be used
constexpr std::string_view kEndpoint = "/chat/completions";

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return "";
  std::string result = text;
  curl_free(text);
  return result;
}

bool looks_like_html(std::string_view body) {
  const auto first = body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != body.npos && body[first] == '<';
}

std::optional<std::int64_t> count(const Json& usage, const char* key) {
  if (!usage.is_object() || !usage.contains(key) || !usage[key].is_number_integer()) return std::nullopt;
  const double value = usage[key].get<double>();
  if (value < 0 || value > 1e15) return std::nullopt;
  return usage[key].get<std::int64_t>();
}

const Json& member(const Json& json, const char* key) {
  static const Json nothing;
  return json.is_object() && json.contains(key) ? json[key] : nothing;
}

std::string text_or_blank(const Json& json) { return json.is_string() ? json.get<std::string>() : ""; }

/// A message's content: a text, or a list of parts of which the texts count.
std::optional<std::string> content_of(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  if (!content.is_array()) return std::nullopt;
  std::string text;
  for (const Json& item : content) text += text_or_blank(member(item, "text"));
  return text;
}

}  // namespace

ChatUrl parse_chat_url(const std::string& text) {
  const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  const bool parsed = url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  const std::string scheme = parsed ? part(url.get(), CURLUPART_SCHEME) : "";
  if (scheme != "http" && scheme != "https") {
    throw ConfigError(
        fmt::format("'{}' is no server's URL; give one like http://localhost:8080 or "
                    "https://api.openai.com/v1",
                    one_line(redact(text), kLongestExcerpt)));
  }
  for (const auto which : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    if (part(url.get(), which).empty()) continue;
    throw ConfigError("the server's URL may not hold a user, a password, '?' or '#'; a key comes from FLNAS_LLM_KEY");
  }
  ChatUrl result;
  result.encrypted = scheme == "https";
  const std::string name = part(url.get(), CURLUPART_HOST), port = part(url.get(), CURLUPART_PORT);
  result.host = port.empty() ? name : name + ":" + port;
  result.loopback = name == "localhost" || name.starts_with("127.") || name == "[::1]";
  std::string path = part(url.get(), CURLUPART_PATH);
  while (path.ends_with('/')) path.pop_back();
  if (path.ends_with(kEndpoint)) path.resize(path.size() - kEndpoint.size());
  result.url = fmt::format("{}://{}{}{}", scheme, result.host, path.empty() ? "/v1" : path, kEndpoint);
  return result;
}

std::string completion_body(const ChatRequest& request, const std::string& limit_key) {
  Json json = {{"model", request.model}, {"messages", Json::array()}};
  for (const ChatMessage& message : request.messages) {
    json["messages"].push_back({{"role", message.role}, {"content", message.content}});
  }
  json["temperature"] = request.temperature;
  json["seed"] = request.seed & 0x7fffffffU;
  json[limit_key] = request.max_tokens;
  json["stream"] = false;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ChatReply parse_completion(const std::string& body, const std::string& where) {
  const bool is_text = is_utf8(body);
  const Json json = is_text ? Json::parse(body, nullptr, false) : Json();
  ChatReply reply;
  reply.model = one_line(redact(text_or_blank(member(json, "model"))), kLongestExcerpt);
  reply.prompt_tokens = count(member(json, "usage"), "prompt_tokens");
  reply.completion_tokens = count(member(json, "usage"), "completion_tokens");
  const auto fail = [&](const std::string& what) {
    reply.text = redact(body).substr(0, kLongestUnusable);
    throw UnusableReply(where + ": " + what, reply);
  };
  if (looks_like_html(body)) fail("the server sent a web page instead of JSON; check the URL");
  if (!is_text) fail("the server sent invalid UTF-8");
  if (json.is_discarded()) {
    fail(fmt::format("the server sent {} that are not whole JSON: {}", format_bytes(static_cast<double>(body.size())),
                     one_line(redact(body), 80)));
  }
  const Json& choices = member(json, "choices");
  const Json& message = choices.is_array() && !choices.empty() ? member(choices[0], "message") : choices;
  const auto content = content_of(member(message, "content"));
  const Json& tools = member(message, "tool_calls");
  const bool calls_tools = (tools.is_array() && !tools.empty()) || member(message, "function_call").is_object();
  if (calls_tools && content.value_or("").empty()) {
    fail("the model called tools instead of answering with text; use another model");
  }
  if (!message.is_object() || (!content && !message.contains("content"))) {
    const std::string said = error_text(body);
    fail("the server's answer holds no message" + (said.empty() ? "; check the URL" : ": " + said));
  }
  reply.text = redact(content.value_or(""));
  return reply;
}

std::string error_text(const std::string& body) {
  if (looks_like_html(body)) return "";
  const Json json = Json::parse(body, nullptr, false);
  std::string text = json.is_discarded() ? body : "";
  // OpenAI and llama.cpp: {"error": {"message"}}; Ollama: {"error": "..."}; vLLM: {"message"} or {"detail"}.
  for (const Json* place : {&member(member(json, "error"), "message"), &member(json, "error"), &member(json, "message"),
                            &member(json, "detail")}) {
    if (text.empty()) text = text_or_blank(*place);
  }
  return one_line(redact(text), kLongestExcerpt);
}

}  // namespace flnas::searches
