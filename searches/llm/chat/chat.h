// Chat layer: one exchange with a language model, which may be a server, a local program, a person with a file, or a
// recording. It does not know architectures, prompts, searches or records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/json.h"

namespace flnas::searches {

/// One message of a conversation.
struct ChatMessage {
  std::string role;  ///< "system", "user" or "assistant"
  std::string content;
  bool operator==(const ChatMessage&) const = default;
};

/// A request. Two equal requests to a replay get the same reply.
struct ChatRequest {
  std::vector<ChatMessage> messages;
  std::string model;
  double temperature = 1.0;  ///< 0 to 2
  std::uint64_t seed = 0;
  int max_tokens = 2048;  ///< of the reply
  Json schema;            ///< JSON schema that the reply is to keep, where whoever answers can be kept to one; or null
};

struct ChatReply {
  std::string text;   ///< valid UTF-8, without secrets
  std::string model;  ///< as the server names it; may be more precise than the request's
  std::optional<std::int64_t> prompt_tokens, completion_tokens;  ///< where the server counts them
  double seconds = 0;     ///< from the first attempt to the reply, waits included
  int retries = 0;        ///< attempts before the one that succeeded
  bool cut = false;       ///< the server ended it at max_tokens
  std::string source;     ///< who answered: the server's host, "file" (a person), or "scripted" (no model at all)
  bool recorded = false;  ///< from a recording: it cost nothing
};

/// A reply without text that can be read: tool calls, a web page, an incomplete reply. `reply` has what the server
/// reported (its tokens are paid); its text is the beginning of what came.
class UnusableReply : public RemoteError {
 public:
  UnusableReply(std::string message, ChatReply came) : RemoteError(std::move(message)), reply(std::move(came)) {}
  ChatReply reply;
};

/// The user ended the wait for a reply, and with it the search.
class Interrupted : public Error {
 public:
  using Error::Error;
};

/// A chat client.
class ChatClient {
 public:
  virtual ~ChatClient() = default;
  /// One exchange. Throws ConfigError for what the user has to change (key, URL, model, a recording that does not
  /// fit) and RemoteError for what went wrong elsewhere and may work later.
  virtual ChatReply ask(const ChatRequest& request) = 0;
};

}  // namespace flnas::searches
