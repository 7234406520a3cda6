#include "searches/llm/chat/chat_pool.h"

namespace flnas::searches {
namespace {

/// Gives the client back, after an error too.
template <class Release>
class Lent {
 public:
  explicit Lent(Release release) : release_(std::move(release)) {}
  ~Lent() { release_(); }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

 private:
  Release release_;
};

}  // namespace

ChatPool::ChatPool(std::vector<std::unique_ptr<ChatClient>> clients) : clients_(std::move(clients)) {
  for (const auto& client : clients_) free_.push_back(client.get());
}

ChatReply ChatPool::ask(const ChatRequest& request) {
  ChatClient* client = nullptr;
  {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return !free_.empty(); });
    client = free_.back();
    free_.pop_back();
  }
  const Lent lent([&] {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(client);
    }
    freed_.notify_one();
  });
  return client->ask(request);
}

}  // namespace flnas::searches
