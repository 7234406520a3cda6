#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/machine_states.h"
#include "harness/records/record.h"

namespace flnas {

// latency.json of a whole suite, which flnas-bench writes.

/// Fewest samples from which a p99 is given: the least number for which MLPerf's early-stopping rule (LoadGen) gives
/// one with 99 % confidence.
inline constexpr std::size_t kLeastSamplesForP99 = 662;

/// Statistics of samples in microseconds, each one forward pass of a whole batch.
struct LatencyStatistics {
  std::int64_t samples = 0;
  double minimum_us = 0;
  double mean_us = 0;
  double p50_us = 0;
  double p50_low_us = 0;  ///< 95 % percentile bootstrap, as in LatencySummary
  double p50_high_us = 0;
  double p90_us = 0;
  std::optional<double> p99_us;  ///< null below kLeastSamplesForP99
  double cv = 0;                 ///< standard deviation (n - 1) / mean

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("samples", self.samples), visit("minimum_us", self.minimum_us), visit("mean_us", self.mean_us);
    visit("p50_us", self.p50_us), visit("p50_low_us", self.p50_low_us), visit("p50_high_us", self.p50_high_us);
    visit("p90_us", self.p90_us), visit("p99_us", self.p99_us), visit("cv", self.cv);
  }
};

/// Throws DataError without samples.
LatencyStatistics summarise_samples(const std::vector<double>& samples_us);

/// One model in one form at one batch size and thread count.
struct LatencyResult {
  std::string benchmark;  ///< Google Benchmark's name: "search3/batch:2/threads:1/form:frozen"
  std::string model;
  std::string model_sha256;  ///< of names, shapes and bytes of its parameters and buffers
  std::int64_t parameters = 0;
  int classes = 0;
  std::vector<std::int64_t> input;  ///< [3, height, width]
  int batch = 0;
  int threads = 0;
  std::string form;
  std::string precision;
  std::string mark = "measured";  ///< measured, emulated
  std::string status = kPassed;   ///< passed, unreliable, failed
  std::string reason;
  int attempts = 0;  ///< how often it was measured until the result was reliable or attempts ran out
  std::optional<LatencyStatistics> latency;
  double load_us = 0;              ///< building or loading the model and bringing it into its form
  double first_call_us = 0;        ///< compiles and allocates
  std::vector<double> warm_up_us;  ///< the calls after it that are not samples
  std::optional<double> images_per_second;
  std::optional<std::int64_t> inference_peak_bytes;      ///< weights included, at this batch
  std::optional<std::int64_t> training_step_peak_bytes;  ///< of the eager model at batch 8
  std::optional<double>
      largest_difference;                 ///< of a logit from that in eager mode, relative to the largest logit or to 1
  std::vector<double> logits;             ///< one image after the other; see TimedModel
  std::optional<double> joules_per_call;  ///< null: not measured
  std::string energy_source;              ///< how it was measured: "RAPL, 1 package(s)"
  std::vector<std::int64_t> pass_samples;  ///< in each pass over the suite, in the order of samples_us
  MachineStates state;
  std::vector<double> samples_us;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("benchmark", self.benchmark), visit("model", self.model), visit("model_sha256", self.model_sha256);
    visit("parameters", self.parameters), visit("classes", self.classes), visit("input", self.input);
    visit("batch", self.batch), visit("threads", self.threads), visit("form", self.form);
    visit("precision", self.precision), visit("mark", self.mark), visit("status", self.status);
    visit("reason", self.reason), visit("attempts", self.attempts), visit("latency", self.latency);
    visit("load_us", self.load_us), visit("first_call_us", self.first_call_us);
    visit("warm_up_us", self.warm_up_us), visit("images_per_second", self.images_per_second);
    visit("inference_peak_bytes", self.inference_peak_bytes);
    visit("training_step_peak_bytes", self.training_step_peak_bytes);
    visit("largest_difference", self.largest_difference), visit("logits", self.logits);
    visit("joules_per_call", self.joules_per_call);
    visit("energy_source", self.energy_source), visit("pass_samples", self.pass_samples);
    visit("state", self.state), visit("samples_us", self.samples_us);
  }
};

/// The median of each pass; empty if the result has no passes or its samples do not match them.
std::vector<double> pass_medians_us(const LatencyResult& result);

/// The estimate for a platform that is not available.
struct LatencyEstimateResult {
  std::string model;
  std::string platform;
  std::string mark = "estimated";
  int batch = 0;
  int threads = 0;
  std::int64_t macs = 0;  ///< of the whole batch
  double median_us = 0;
  double low_us = 0;  ///< 95 % of measurements are expected between these
  double high_us = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("model", self.model), visit("platform", self.platform), visit("mark", self.mark);
    visit("batch", self.batch), visit("threads", self.threads), visit("macs", self.macs);
    visit("median_us", self.median_us), visit("low_us", self.low_us), visit("high_us", self.high_us);
  }
};

inline constexpr char kValid[] = "VALID";
inline constexpr char kInvalid[] = "INVALID";

struct LatencySuite {
  int schema = kRecordSchema;
  std::string kind = "latency_suite";
  std::string verdict;               ///< VALID, INVALID
  std::vector<std::string> reasons;  ///< each thing that made it invalid
  std::string started;
  std::string finished;
  std::string command;
  std::string platform;               ///< that was asked for
  std::string device;                 ///< where it was measured: that platform's name, or "host"
  Json environment = Json::object();  ///< {machine, build, libtorch, gpu, identity, benchmark}
  std::vector<LatencyResult> results;
  std::vector<LatencyEstimateResult> estimates;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("verdict", self.verdict);
    visit("reasons", self.reasons), visit("started", self.started), visit("finished", self.finished);
    visit("command", self.command), visit("platform", self.platform), visit("device", self.device);
    visit("environment", self.environment), visit("results", self.results), visit("estimates", self.estimates);
  }
};

/// VALID when every result passed and `about_all` is empty, else INVALID with each reason once.
void set_verdict(LatencySuite& suite, const std::vector<std::string>& about_all);

/// With a last key "digest", as run.json.
void write_latency_suite(const std::filesystem::path& file, const LatencySuite& suite);
/// Throws DataError on a missing file, another schema, or a file that is no suite's latency.json.
LatencySuite read_latency_suite(const std::filesystem::path& file);

}  // namespace flnas
