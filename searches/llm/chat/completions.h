#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// The URL of POST .../chat/completions from what a user gives: a server ("http://localhost:8080", then /v1 is added),
/// its API ("https://api.openai.com/v1", or any other path, taken as it is) or the whole URL.
/// Throws ConfigError unless it is http or https with a host and without a password, query or fragment, and where it
/// holds a key (as redact() knows them): a recorded command would show it.
struct ChatUrl {
  std::string url;
  std::string host;       ///< with the port where one is given
  bool loopback = false;  ///< the server is this machine (http::is_loopback)
  bool encrypted = false;
};
ChatUrl parse_chat_url(const std::string& text);

/// The settings of a question that a server takes, as far as is known: all, until it refuses one.
struct CompletionForm {
  std::string limit_key = "max_tokens";  ///< or "max_completion_tokens"
  bool seed = true;
  bool temperature = true;
  bool schema = true;
};

/// The body of the question. Servers take seeds of 31 bits: the lowest ones are sent.
std::string completion_body(const ChatRequest& request, const CompletionForm& form);

/// Learns from the body of a refusal (status 400 or 422): a setting that it names is left out, or gets its other name.
/// False where it names none that was sent so.
bool adapt(CompletionForm& form, const std::string& refusal);

/// The reply in a body that arrived whole; secrets are redacted. Throws UnusableReply, one line, for everything that is
/// not a chat completion with text: other JSON, HTML, bytes that are not UTF-8, tool calls. `where` begins the message.
ChatReply parse_completion(const std::string& body, const std::string& where);

/// The status of an error that a server sent with status 200 instead of a completion, or in place of its message:
/// {"error": {"code": 429, "message": "..."}}, also in the first choice. A code that is no status is 502, and so is an
/// answer with an empty or null list of choices. Empty for everything else.
std::optional<int> status_inside(const std::string& body);

/// Whether an error is about a quota that only money renews ("insufficient_quota"): waiting does not help.
bool is_out_of_quota(const std::string& body);

/// What a server says in the body of an error, on one line without secrets; blank where it says nothing.
std::string error_text(const std::string& body);

}  // namespace flnas::searches
