#include "searches/llm/chat/completions.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/text.h"
#include "harness/http/http.h"
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

/// A server's body; discarded where it is no JSON.
Json parsed(const std::string& body) {
  try {
    return parse_json(body, "");
  } catch (const DataError&) {
    return Json(Json::value_t::discarded);
  }
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

/// The first of a completion's choices; null without one.
const Json& first_choice(const Json& json) {
  static const Json nothing;
  const Json& choices = member(json, "choices");
  return choices.is_array() && !choices.empty() ? choices[0] : nothing;
}

/// Whether a text has `name` as a whole word: "seed", not "seeds" or "max_seed".
bool names(const std::string& text, std::string_view name) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + name.size())) return true;
  }
  return false;
}

/// What an error says, wherever a server puts it. OpenAI and llama.cpp: {"error": {"message"}}; Ollama: {"error":
/// "..."}; vLLM: {"message"} or {"detail"}; FastAPI: {"detail": [{"loc": [...], "msg"}]}; Google: all that in a list.
std::string said(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  std::string text;
  if (json.is_array()) {
    for (const Json& item : json) {
      const std::string part = said(item);
      text += (text.empty() || part.empty() ? "" : "; ") + part;
    }
    return text;
  }
  if (!json.is_object()) return "";
  for (const char* key : {"error", "message", "detail", "msg"}) {
    if (text.empty()) text = said(member(json, key));
  }
  const Json& place = member(json, "loc");
  if (place.is_array() && !place.empty() && place.back().is_string()) {
    text = fmt::format("{}: {}", place.back().get<std::string>(), text);
  }
  return text;
}

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
  const bool is_url = url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  const std::string scheme = is_url ? part(url.get(), CURLUPART_SCHEME) : "";
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
  if (redact(text) != text) {
    throw ConfigError("the server's URL holds a key, which records would show; set FLNAS_LLM_KEY instead");
  }
  ChatUrl result;
  result.encrypted = scheme == "https";
  const std::string name = part(url.get(), CURLUPART_HOST), port = part(url.get(), CURLUPART_PORT);
  result.host = port.empty() ? name : name + ":" + port;
  result.loopback = http::is_loopback(name);
  std::string path = part(url.get(), CURLUPART_PATH);
  while (path.ends_with('/')) path.pop_back();
  if (path.ends_with(kEndpoint)) path.resize(path.size() - kEndpoint.size());
  result.url = fmt::format("{}://{}{}{}", scheme, result.host, path.empty() ? "/v1" : path, kEndpoint);
  return result;
}

std::string completion_body(const ChatRequest& request, const CompletionForm& form) {
  Json json = {{"model", request.model}, {"messages", Json::array()}};
  for (const ChatMessage& message : request.messages) {
    json["messages"].push_back({{"role", message.role}, {"content", message.content}});
  }
  if (form.temperature) json["temperature"] = request.temperature;
  if (form.seed) json["seed"] = request.seed & 0x7fffffffU;
  json[form.limit_key] = request.max_tokens;
  if (form.schema && !request.schema.is_null()) {
    json["response_format"] = {{"type", "json_schema"},
                               {"json_schema", {{"name", "reply"}, {"strict", true}, {"schema", request.schema}}}};
  }
  json["stream"] = false;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool adapt(CompletionForm& form, const std::string& refusal) {
  constexpr char kOtherLimit[] = "max_completion_tokens";
  if (form.limit_key != kOtherLimit && names(refusal, kOtherLimit)) {
    form.limit_key = kOtherLimit;
    return true;
  }
  // First: a refusal that quotes a schema may quote anything.
  if (form.schema && (names(refusal, "response_format") || names(refusal, "json_schema") || names(refusal, "schema") ||
                      names(refusal, "grammar"))) {
    form.schema = false;
    return true;
  }
  if (form.seed && names(refusal, "seed")) {
    form.seed = false;
    return true;
  }
  if (form.temperature && names(refusal, "temperature")) {
    form.temperature = false;
    return true;
  }
  return false;
}

ChatReply parse_completion(const std::string& body, const std::string& where) {
  const bool is_text = is_utf8(body);
  const Json json = is_text ? parsed(body) : Json();
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
  const Json& choice = first_choice(json);
  const Json& message = member(choice, "message");
  reply.cut = text_or_blank(member(choice, "finish_reason")) == "length";
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

std::optional<int> status_inside(const std::string& body) {
  constexpr int kBadGateway = 502;
  const Json json = parsed(body);
  if (!json.is_object()) return std::nullopt;
  const Json& choice = first_choice(json);
  if (member(choice, "message").is_object() && member(choice, "error").is_null()) return std::nullopt;
  const Json& error = member(choice, "error").is_null() ? member(json, "error") : choice["error"];
  if (error.is_null()) {
    // A provider's failure that its gateway passes on without a word.
    const bool empty = json.contains("choices") && (json["choices"].is_null() || json["choices"].empty());
    return empty || choice.is_object() ? std::optional(kBadGateway) : std::nullopt;
  }
  const Json& code = member(error, "code");
  int status = code.is_number_integer() ? code.get<int>() : std::atoi(text_or_blank(code).c_str());
  if (is_out_of_quota(body)) status = 429;
  return status >= 400 && status < 600 ? status : kBadGateway;
}

bool is_out_of_quota(const std::string& body) {
  const Json json = parsed(body);
  const Json& whole = json.is_array() && !json.empty() ? json[0] : json;
  const Json& error = member(whole, "error");
  for (const Json* place : {&member(error, "code"), &member(error, "type"), &member(whole, "code")}) {
    if (text_or_blank(*place) == "insufficient_quota") return true;
  }
  return false;
}

std::string error_text(const std::string& body) {
  if (looks_like_html(body)) return "";
  const Json json = parsed(body);
  std::string text = json.is_discarded() ? body : said(json);
  // Without any words, what there is.
  if (text.empty() && !member(json, "error").is_null()) text = json["error"].dump();
  return one_line(redact(text), kLongestExcerpt);
}

}  // namespace flnas::searches
