#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "searches/llm/chat/chat.h"

namespace flnas::searches {

struct LocalChatOptions {
  std::filesystem::path program;               ///< flnas-llm (searches/llm/local)
  std::filesystem::path weights;               ///< a GGUF file
  std::string model;                           ///< what replies call it
  int threads = 0;                             ///< 0: all cores
  std::chrono::milliseconds timeout{600'000};  ///< of a reply, and of the start
};

/// A language model on this machine, in a program of its own: started with the first question, asked again and again,
/// and ended with this client or when this program is killed. Replies keep the request's schema. One question at a
/// time. Throws ConfigError for weights that cannot be loaded and for a question that they cannot take (a prompt longer
/// than their context), RemoteError when the program ends in the middle or takes too long; with the next question it is
/// started anew.
std::unique_ptr<ChatClient> make_local_chat(const LocalChatOptions& options);

}  // namespace flnas::searches
