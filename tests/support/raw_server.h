#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace flnas::test {

/// A server on the loopback interface that answers each connection with whatever bytes its handler returns, and
/// closes: so it can break off, lie about lengths and talk nonsense.
class RawServer {
 public:
  /// `handler` gets the request, head and body, and its number, from 0.
  using Handler = std::function<std::string(const std::string& request, int number)>;

  explicit RawServer(Handler handler) : handler_(std::move(handler)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(socket_, 16);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    ++running_;
    thread_ = std::thread([this] { serve(); });
  }
  ~RawServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    --running_;
    ::close(socket_);
  }

  /// Whether a thread of this process serves.
  static bool any_running() { return running_ > 0; }

  std::string url(const std::string& path = "") const { return fmt::format("http://127.0.0.1:{}{}", port_, path); }
  /// The requests so far.
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return heads_;
  }

 private:
  inline static std::atomic<int> running_ = 0;

  /// Bytes of a whole request, more than there are while they are not known.
  static std::size_t whole(const std::string& request) {
    if (request.starts_with('\x16')) return request.size();  // a TLS handshake has no lines
    const auto end = request.find("\r\n\r\n");
    if (end == request.npos) return request.size() + 1;
    const auto length = request.find("Content-Length: ");
    return end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
  }
  void serve() {
    for (int number = 0;; ++number) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      std::string head;
      char buffer[4096];
      ssize_t got = 0;
      while (head.size() < whole(head) && (got = ::read(client, buffer, sizeof(buffer))) > 0) {
        head.append(buffer, static_cast<std::size_t>(got));
      }
      {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
      }
      const std::string answer = handler_(head, number);
      std::string_view rest = answer;
      while (!rest.empty() && (got = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL)) > 0) {
        rest.remove_prefix(static_cast<std::size_t>(got));
      }
      ::shutdown(client, SHUT_RDWR);
      ::close(client);
    }
  }

  Handler handler_;
  int socket_;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> heads_;
  std::thread thread_;
};

/// An answer that says `length` bytes follow, whatever follows.
inline std::string answer(int status, const std::string& body, std::size_t length, const std::string& headers = "") {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", status, length, headers,
                     body);
}
inline std::string answer(int status, const std::string& body) { return answer(status, body, body.size()); }

/// A header's value in a request's head, empty where it is missing.
inline std::string header_of(const std::string& head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == head.npos) return {};
  const auto start = at + name.size() + 4;
  return head.substr(start, head.find("\r\n", start) - start);
}

/// What an orderly server does: whole files with an ETag, ranges where it still has that file.
inline std::string serve_file(const std::string& head, const std::string& content, const std::string& etag = "\"v1\"") {
  const std::string tag = "ETag: " + etag + "\r\n";
  const std::string range = header_of(head, "Range");
  const std::string condition = header_of(head, "If-Range");
  if (range.empty() || (!condition.empty() && condition != etag)) return answer(200, content, content.size(), tag);
  const std::size_t start = std::stoul(range.substr(6));
  if (start >= content.size()) return answer(416, "", 0, fmt::format("Content-Range: bytes */{}\r\n", content.size()));
  return answer(206, content.substr(start), content.size() - start,
                tag + fmt::format("Content-Range: bytes {}-{}/{}\r\n", start, content.size() - 1, content.size()));
}

}  // namespace flnas::test
