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
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds stall_timeout{60};
};

struct Response {
  int status = 0;                              ///< 0: no answer
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string error;                           ///< empty where the whole answer arrived; else what broke

  std::string header(const std::string& name) const;
  std::optional<std::uint64_t> number(const std::string& name) const;
};

/// Gets the parts of the body with the response as known by then. Whatever it throws ends the transfer and leaves
/// `get`.
using Sink = std::function<void(const Response&, std::string_view)>;

/// GET with libcurl; follows redirects within http and https. Does not throw for anything that the server does.
Response get(const Request& request, const Sink& sink);

}  // namespace flnas::http
