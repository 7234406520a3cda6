#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "searches/llm/chat/chat.h"

namespace flnas::searches {

struct FileChatOptions {
  std::filesystem::path folder;                 ///< OUT/exchange
  std::chrono::milliseconds timeout{0};         ///< for one reply; 0: as long as it takes
  std::chrono::milliseconds poll{500};          ///< how often the reply is looked for; it counts once it stays the same
  std::function<void(const std::string&)> say;  ///< gets the line that asks for a reply; default: stderr
};

/// A person with a chat window: writes folder/0001.prompt.txt, waits for folder/0001.reply.txt, and so on. A prompt
/// that is there already, unanswered or not used yet by this client, keeps its number, so that the same command run
/// again continues where it stopped. The reply's model is the one that the request names, in the user's words ("M 4, by
/// hand, one conversation a search"), else "file". Throws RemoteError at the timeout, Interrupted after Ctrl-C,
/// ConfigError for replies that are not UTF-8 or longer than 4 MiB, IoError where the folder cannot be written.
std::unique_ptr<ChatClient> make_file_chat(const FileChatOptions& options);

}  // namespace flnas::searches
