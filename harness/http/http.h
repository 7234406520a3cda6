// HTTP layer: one exchange over HTTP(S). It does not know what is sent, what it means, or whether to try again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::http {

struct Request {
  std::string url;
  std::vector<std::string> headers;  ///< "Name: value"
  std::optional<std::string> body;   ///< sent by POST; without one it is a GET
  bool decompress = false;           ///< the sink gets the body decompressed, whatever Content-Encoding it came in
  bool follow_redirects = true;      ///< within http and https, to any host: not with secrets in the headers
  std::chrono::milliseconds connect_timeout{30'000};
  std::chrono::milliseconds stall_timeout{60'000};  ///< without a byte; in whole seconds, at least one
  std::chrono::milliseconds total_timeout{0};       ///< of everything; 0: none
};

/// How a transfer ended.
enum class Failure {
  kNone,     ///< the whole answer arrived, whatever its status
  kAddress,  ///< the URL is malformed, or its host is not known
  kConnect,  ///< nobody listens there
  kTls,      ///< the certificate or the encryption was refused
  kTimeout,
  kBroken,  ///< the connection broke, or what came is not HTTP; also another protocol's URL
};

struct Response {
  int status = 0;  ///< 0: no answer
  Failure failure = Failure::kNone;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string error;                           ///< empty where the whole answer arrived; else what broke

  std::string header(const std::string& name) const;
  std::optional<std::uint64_t> number(const std::string& name) const;
};

/// Gets the parts of the body with the response as known by then. Whatever it throws ends the transfer and leaves
/// `send`.
using Sink = std::function<void(const Response&, std::string_view)>;

/// Whether a URL's host is this machine: localhost, or a literal address (127.0.0.0/8, [::1]). Not what a name that
/// only looks like one ("127.example.org") may lead to.
bool is_loopback(const std::string& host);

/// GET or POST with libcurl; certificates are verified. A proxy of the environment (http_proxy, https_proxy, no_proxy)
/// is used, but never for this machine. Does not throw for anything that the server does.
Response send(const Request& request, const Sink& sink);

}  // namespace flnas::http
