#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "searches/llm/chat/chat.h"

namespace flnas::searches {

struct HttpChatOptions {
  std::string url;                             ///< see parse_chat_url in completions.h
  std::chrono::milliseconds timeout{600'000};  ///< of one attempt, until the whole reply is here
  std::chrono::milliseconds connect_timeout{30'000};
  int attempts = 6;                                ///< of one question
  std::chrono::milliseconds first_wait{1'000};     ///< doubles with each attempt; 50 to 100 % of it are waited
  std::chrono::milliseconds longest_wait{60'000};  ///< also of a Retry-After
  std::size_t most_bytes = 4 * 1024 * 1024;        ///< of a reply
  /// Instead of sleeping, in tests.
  std::function<void(std::chrono::milliseconds)> sleep;
};

/// Any OpenAI-compatible chat-completions server: OpenAI, llama.cpp, Ollama, vLLM. The key comes from the environment
/// (see secrets.h); servers that want none get none that is not set. A key is never sent unencrypted to another
/// machine, and redirects are not followed. 429, 408, 5xx and broken connections are tried again; a server that cannot
/// be reached only where it answered before. Replies whose model is named "scripted..." are marked so: they are no
/// model's. Throws ConfigError: URL, missing or refused key, redirect, no such model or address, a request that the
/// server refuses. RemoteError: not reached, timeout, attempts used up, quota used up, too long, no chat completion.
std::unique_ptr<ChatClient> make_http_chat(const HttpChatOptions& options);

}  // namespace flnas::searches
