// Flags of searches by zero-cost proxies, on any space.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/fields.h"

namespace flnas::searches {

struct ProxySettings {
  std::vector<std::string> proxies = {"synflow"};  ///< stand for accuracy; each is an objective
  std::int64_t proxy_batch = 8;                    ///< images, for proxies that see any
  int latency_batch = 1;
  double latency_seconds = 0.5;  ///< of samples of one network

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    constexpr char kByProxies[] = "By zero-cost proxies (--evaluator proxies)";
    visit("proxies", self.proxies, "zero-cost proxies in accuracy's place, each an objective (flnas proxies)",
          {.value = "A,B", .group = kByProxies});
    visit("proxy_batch", self.proxy_batch, "images for the proxies", {.group = kByProxies});
    visit("latency_batch", self.latency_batch, "images of a latency", {.group = kByProxies});
    visit("latency_seconds", self.latency_seconds, "how long a latency is sampled", {.group = kByProxies});
  }

  /// Throws ConfigError for an unknown proxy, with the nearest, and for what is out of range.
  void require_valid() const;
};

}  // namespace flnas::searches
