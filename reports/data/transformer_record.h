#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/read_record.h"

namespace flnas::reports {

// transformer_search.json.

struct TransformerSettings {
  std::string space, partition, target;
  std::string latency;  ///< measured, estimated
  std::vector<std::string> proxies;
  std::optional<std::int64_t> seed;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("space", self.space), visit("partition", self.partition), visit("target", self.target);
    visit("latency", self.latency), visit("proxies", self.proxies), visit("seed", self.seed);
  }
};

struct TransformerNiche {
  std::string name;
  std::optional<std::int64_t> evaluated, archive, front;  ///< distinct subnets

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("evaluated", self.evaluated), visit("archive", self.archive);
    visit("front", self.front);
  }
};

struct TransformerSubnet {
  std::string subnet;
  std::int64_t niche = 0;  ///< index into niches
  std::optional<std::int64_t> parameters, macs;
  std::optional<double> latency_ms;
  std::optional<std::string> mistrust;  ///< why the latency should not be believed; blank: it may
  ByName<std::optional<double>> proxies;
  std::optional<double> accuracy;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("subnet", self.subnet), visit("niche", self.niche), visit("parameters", self.parameters);
    visit("macs", self.macs), visit("latency_ms", self.latency_ms), visit("mistrust", self.mistrust);
    visit("proxies", self.proxies), visit("accuracy", self.accuracy);
  }
};

struct TransformerChat {
  std::vector<std::string> sources;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("sources", self.sources);
  }
};

struct TransformerRecord {
  std::string command, accuracy;
  std::optional<std::string> started;
  TransformerSettings settings;
  Json environment;
  std::int64_t evaluations = 0;
  std::optional<std::int64_t> generations;
  std::optional<TransformerChat> chat;
  std::vector<TransformerNiche> niches;
  std::vector<TransformerSubnet> front;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("command", self.command), visit("accuracy", self.accuracy), visit("started", self.started);
    visit("settings", self.settings), visit("environment", self.environment);
    visit("evaluations", self.evaluations), visit("generations", self.generations), visit("chat", self.chat);
    visit("niches", self.niches), visit("front", self.front);
  }
};

}  // namespace flnas::reports
