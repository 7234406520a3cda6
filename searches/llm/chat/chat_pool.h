#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// Several clients of the same server as one that may be asked by several threads at once: each question goes to a
/// client that is free, and waits for one where none is. As many questions are under way as there are clients.
class ChatPool : public ChatClient {
 public:
  /// At least one client.
  explicit ChatPool(std::vector<std::unique_ptr<ChatClient>> clients);
  ChatReply ask(const ChatRequest& request) override;

 private:
  std::vector<std::unique_ptr<ChatClient>> clients_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<ChatClient*> free_;
};

}  // namespace flnas::searches
