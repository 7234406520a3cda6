#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/data/read_record.h"

namespace flnas::reports {

// bench/*.json of flnas-bench (harness/records/latency_suite.h), then transformer_search.json.

struct GpuState {
  std::optional<double> clock_mhz, temperature_c;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("clock_mhz", self.clock_mhz), visit("temperature_c", self.temperature_c);
  }
};

struct MachineState {
  std::optional<GpuState> gpu;
  std::optional<double> temperature_c;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("gpu", self.gpu), visit("temperature_c", self.temperature_c);
  }
};

struct MachineStates {
  std::optional<MachineState> before, after;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("before", self.before), visit("after", self.after);
  }
};

/// Of a whole batch.
struct SuiteLatencies {
  std::optional<double> p50_us, p50_low_us, p50_high_us, p90_us, cv;
  std::optional<std::int64_t> samples;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("p50_us", self.p50_us), visit("p50_low_us", self.p50_low_us), visit("p50_high_us", self.p50_high_us);
    visit("p90_us", self.p90_us), visit("cv", self.cv), visit("samples", self.samples);
  }
};

struct SuiteResult {
  std::string benchmark, model, form;
  int batch = 0, threads = 0, classes = 0;
  std::vector<std::int64_t> input;
  std::string mark, status;
  std::optional<std::string> reason, energy_source;
  std::optional<SuiteLatencies> latency;
  std::optional<std::int64_t> inference_peak_bytes;
  std::optional<double> joules_per_call;
  std::optional<MachineStates> state;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("benchmark", self.benchmark), visit("model", self.model), visit("form", self.form);
    visit("batch", self.batch), visit("threads", self.threads), visit("classes", self.classes);
    visit("input", self.input), visit("mark", self.mark), visit("status", self.status);
    visit("reason", self.reason), visit("energy_source", self.energy_source), visit("latency", self.latency);
    visit("inference_peak_bytes", self.inference_peak_bytes), visit("joules_per_call", self.joules_per_call);
    visit("state", self.state);
  }
};

struct SuiteEstimate {
  std::string model, platform;
  int batch = 0, threads = 0;
  double median_us = 0, low_us = 0, high_us = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("model", self.model), visit("platform", self.platform), visit("batch", self.batch);
    visit("threads", self.threads), visit("median_us", self.median_us), visit("low_us", self.low_us);
    visit("high_us", self.high_us);
  }
};

struct SuiteRecord {
  std::string verdict, command, platform;
  std::optional<std::string> started;
  Json environment;
  std::vector<SuiteResult> results;
  std::vector<SuiteEstimate> estimates;
  std::optional<std::string> digest;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("verdict", self.verdict), visit("command", self.command), visit("platform", self.platform);
    visit("started", self.started), visit("environment", self.environment), visit("results", self.results);
    visit("estimates", self.estimates), visit("digest", self.digest);
  }
};

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
  std::optional<std::string> digest;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("command", self.command), visit("accuracy", self.accuracy), visit("started", self.started);
    visit("settings", self.settings), visit("environment", self.environment);
    visit("evaluations", self.evaluations), visit("generations", self.generations), visit("chat", self.chat);
    visit("niches", self.niches), visit("front", self.front), visit("digest", self.digest);
  }
};

}  // namespace flnas::reports
