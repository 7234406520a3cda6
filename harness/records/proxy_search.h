#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/files.h"
#include "harness/records/read_record.h"

namespace flnas {

// proxy_search.json: a search by zero-cost proxies. A search fills and writes `ProxySummary`; reports read
// `ProxySearchRecord`.

/// 3: `design` in place of `subnet`, `name`, searches without a latency. 2: a strategy, and an archive beside it.
/// Schemas 1 and 2 were of vision transformers only.
inline constexpr int kProxySearchSchema = 3;

struct ProxyNiche {
  std::string name;
  std::optional<std::int64_t> evaluated, archive,
      front;  ///< numbers of designs: all, not dominated within the niche, not dominated at all

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("evaluated", self.evaluated), visit("archive", self.archive);
    visit("front", self.front);
  }
};

/// A design that was evaluated.
struct ProxyPoint {
  std::optional<std::string> name;  ///< "d012"
  Json design;                      ///< in its space's form
  std::int64_t niche = 0;           ///< index into niches
  std::optional<std::int64_t> parameters, macs;
  std::optional<double> latency_ms;     ///< null without a target
  std::optional<std::string> mistrust;  ///< why the latency is unreliable; null: it is reliable
  ByName<std::optional<double>> proxies;
  std::optional<double> accuracy;

  /// For tables: the form where it is a text, else the name.
  std::string label() const { return design.is_string() ? design.get<std::string>() : name.value_or(""); }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("design", self.design), visit("niche", self.niche);
    visit("parameters", self.parameters), visit("macs", self.macs), visit("latency_ms", self.latency_ms);
    visit("mistrust", self.mistrust), visit("proxies", self.proxies), visit("accuracy", self.accuracy);
  }
};

struct ProxySummary {
  std::vector<ProxyNiche> niches;
  std::vector<ProxyPoint> front;   ///< the non-dominated ones, the cheapest first
  std::vector<ProxyPoint> points;  ///< all, in the order of evaluation

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("niches", self.niches), visit("front", self.front), visit("points", self.points);
  }
};

struct ProxySettingsRecord {
  std::string space, partition, target;
  std::string latency;  ///< measured, estimated, none
  std::vector<std::string> proxies;
  std::optional<std::int64_t> seed;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("space", self.space), visit("partition", self.partition), visit("target", self.target);
    visit("latency", self.latency), visit("proxies", self.proxies), visit("seed", self.seed);
  }
};

struct ProxyChat {
  std::vector<std::string> sources;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("sources", self.sources);
  }
};

struct ProxySearchRecord : ProxySummary {
  std::string command, accuracy;
  std::optional<std::string> started;
  ProxySettingsRecord settings;
  Json environment;
  std::int64_t evaluations = 0;
  std::optional<std::int64_t> generations;
  std::optional<ProxyChat> chat;
  std::optional<std::string> best;  ///< name of the design in best.json; null where none is written

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("command", self.command), visit("accuracy", self.accuracy), visit("started", self.started);
    visit("settings", self.settings), visit("environment", self.environment);
    visit("evaluations", self.evaluations), visit("generations", self.generations), visit("chat", self.chat);
    visit("best", self.best);
    ProxySummary::for_each_member(self, visit);
  }
};

/// A record of any schema. Throws DataError as read_value does.
ProxySearchRecord read_proxy_search(const std::filesystem::path& file);

}  // namespace flnas
