#include "harness/latency/measure.h"

#include <fmt/format.h>

#include <charconv>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/latency/environment.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/measure_model.h"
#include "harness/latency/timing/peak_memory.h"
#include "harness/nn/classifier.h"
#include "harness/nn/models/model.h"
#include "harness/records/files.h"
#include "harness/records/hardware_latency.h"

namespace flnas {
namespace {

constexpr int kBatch = 2;  ///< the paper's

/// What is measured, and where.
struct Subject {
  nn::ModelEntry entry;
  nn::ModelOptions geometry;
  Platform platform;
};

HardwareRecord begin(const MeasureRequest& request, const Subject& subject) {
  HardwareRecord record;
  record.started = utc_now();
  record.command = command_of(request);
  record.model = nn::describe_model(subject.entry, subject.geometry);
  if (!request.name.empty()) record.model.name = record.model.title = request.name;
  record.device = subject.platform.name;
  return record;
}

/// For a platform that is not here, on all of its cores.
void estimate(const MeasureRequest& request, const Subject& subject, HardwareRecord& record) {
  const EstimateInputs inputs = estimate_inputs(subject.platform, subject.entry, subject.geometry, kBatch, 0);
  const LatencyEstimate estimated = estimate_of(inputs);
  record.latency.emplace();
  record.latency->mark = "estimated";
  record.latency->batch = inputs.batch;
  record.latency->threads = subject.platform.rates->cores;
  record.latency->median_us = estimated.median_us;
  record.latency->low_us = estimated.low_us;
  record.latency->high_us = estimated.high_us;
  write_estimate(request.out / kEstimateFile, inputs);
  record.files[kEstimateFile] = sha256_file(request.out / kEstimateFile);
  record.environment = {{"build", describe_build()}};
}

TrainConfig config_of(const MeasureRequest& request, const Platform& platform) {
  TrainConfig config;
  config.device = platform.recognised_by.any_machine() ? request.device : platform.device;
  config.precision = request.precision == TrainConfig{}.precision ? platform.precisions.front() : request.precision;
  config.threads = request.threads;
  require_valid(config.problems());
  return effective_config(config);
}

/// A suite of one.
LatencySuite time_model(const MeasureRequest& request, const TimingCase& timing, const MachineIdentity& identity,
                        Machine& machine) {
  LatencySuite suite;
  suite.started = utc_now();
  suite.command = command_of(request);
  MeasurementRules rules;
  rules.mark = identity.emulated ? "emulated" : "measured";
  suite.results = {measure_model(timing, rules, {.seconds = request.seconds}, machine)};
  suite.environment = describe_environment(identity, timing.config);
  set_verdict(suite, about_machine(identity));
  suite.finished = utc_now();
  return suite;
}

void measure(const MeasureRequest& request, const Subject& subject, const MachineIdentity& identity,
             HardwareRecord& record) {
  const TimingCase timing{.model = subject.entry,
                          .options = subject.geometry,
                          .batch = kBatch,
                          .config = config_of(request, subject.platform)};
  const auto machine = machine_of(timing.config);
  record.memory.training_step = training_peak_of(timing, *machine);
  LatencySuite suite = time_model(request, timing, identity, *machine);
  suite.platform = suite.device = subject.platform.name;
  LatencyResult& result = suite.results.front();
  if (record.memory.training_step) result.training_step_peak_bytes = record.memory.training_step->peak_bytes;
  write_latency_suite(request.out / kLatencyFile, suite);
  record.files[kLatencyFile] = sha256_file(request.out / kLatencyFile);
  record.environment = suite.environment;
  record.environment["state"] = record_to_json(result.state);
  record.status = result.status;
  record.reason = result.reason;
  if (result.inference_peak_bytes) record.memory.inference = {result.batch, *result.inference_peak_bytes};
  if (result.latency) record.latency = latency_summary(result);
}

/// The geometry of the columns, "0,0,2".
nn::ModelOptions geometry_of(const MeasureRequest& request, const nn::Registry& registry) {
  nn::ModelOptions geometry = nn::kPaperGeometry;
  if (request.columns.empty()) return nn::hardware_geometry(registry, request.model);
  for (const auto& text : split(request.columns, ',')) {
    std::int64_t count = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (code != std::errc() || end != text.data() + text.size() || count < 0) {
      throw ConfigError(fmt::format("--columns: '{}' is not a number of categories; give such as 0,0,2", text));
    }
    geometry.columns.push_back(count);
  }
  return geometry;
}

}  // namespace

HardwareRecord measure_hardware(const MeasureRequest& request, const nn::Registry& registry) {
  const Subject subject{nn::find_model(registry, request.model), geometry_of(request, registry),
                        load_platform(request.platform)};
  if (!(request.seconds >= 0 && request.seconds <= 3600)) {
    throw ConfigError(fmt::format("--seconds must be 0 to 3600, not {}", request.seconds));
  }
  HardwareRecord record = begin(request, subject);
  const MachineIdentity identity = this_machine();
  if (is_present(subject.platform, identity)) {
    measure(request, subject, identity, record);
  } else {
    estimate(request, subject, record);
  }
  record.finished = utc_now();
  write_hardware(request.out, record);
  return record;
}

}  // namespace flnas
