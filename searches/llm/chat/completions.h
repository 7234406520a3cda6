#pragma once

#include <string>
#include <string_view>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// The URL of POST .../chat/completions from what a user gives: a server ("http://localhost:8080", then /v1 is added),
/// its API ("https://api.openai.com/v1", or any other path, taken as it is) or the whole URL.
/// Throws ConfigError unless it is http or https with a host and without a password, query or fragment.
struct ChatUrl {
  std::string url;
  std::string host;       ///< with the port where one is given
  bool loopback = false;  ///< the server is this machine
  bool encrypted = false;
};
ChatUrl parse_chat_url(const std::string& text);

/// The body of the question. Servers take seeds of 31 bits: the lowest ones are sent. `limit_key`: "max_tokens", or
/// "max_completion_tokens" for servers that want that.
std::string completion_body(const ChatRequest& request, const std::string& limit_key);

/// The reply in a body that arrived whole; secrets are redacted. Throws UnusableReply, one line, for everything that is
/// not a chat completion with text: other JSON, HTML, bytes that are not UTF-8, tool calls. `where` begins the message.
ChatReply parse_completion(const std::string& body, const std::string& where);

/// What a server says in the body of an error, on one line without secrets; blank where it says nothing.
std::string error_text(const std::string& body);

}  // namespace flnas::searches
