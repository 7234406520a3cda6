#include "harness/latency/timing/suite.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/latency/machine/validity.h"
#include "harness/latency/timing/measure.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"

namespace flnas {

/// The paper's memory column is a training step at this batch size.
constexpr int kTrainingBatch = 8;

struct Suite::Entry {
  TimingCase timing;
  LatencyResult result;
  MachineState before, pass_before;   ///< the first pass, the present one
  double joules = 0;                  ///< that the samples took
  std::string problem, pass_problem;  ///< what spoke against the machine in an earlier pass, in the present one
  std::optional<double> foreign;      ///< cores that others used in a pass, at most
  bool ran = false;
  bool in_pass = false;

  bool failed() const { return result.status == kFailed; }
};

namespace {

/// Weights, gradients and Adam's moments, activations and their gradients, and something for the libraries: where the
/// machine has less, a training step is not tried, and a line says so.
bool has_memory_to_train(const TimingCase& timing) {
  const auto available = available_memory();
  if (timing.config.device != "cpu" || !available) return true;
  const auto model = timing.model.make(timing.options);
  const nn::Cost cost = nn::measure_cost(*model, timing.options.size, kTrainingBatch);
  constexpr double kLibraries = 256.0 * (1 << 20);
  const double needed = 4.0 * static_cast<double>(4 * cost.parameters + 3 * cost.activations) + kLibraries;
  if (*available > needed) return true;
  fmt::print(stderr, "{}: the peak of a training step is not measured: it needs about {}, {} are available\n",
             timing.model.name, format_bytes(needed), format_bytes(*available));
  return false;
}

std::string first_line(const std::exception& error) {
  const std::string_view text = error.what();  // libtorch appends a stack trace
  return std::string(text.substr(0, text.find('\n')));
}

void show(benchmark::State& state, const LatencyStatistics& latency, double images_per_second) {
  state.counters["p50_us"] = latency.p50_us;
  state.counters["p90_us"] = latency.p90_us;
  state.counters["min_us"] = latency.minimum_us;
  state.counters["images_per_second"] = images_per_second;
}

}  // namespace

Suite::Suite(SuiteConfig config, std::vector<TimingCase> cases) : config_(std::move(config)) {
  for (auto& timing : cases) {
    entries_.push_back(std::make_unique<Entry>());
    entries_.back()->timing = std::move(timing);
  }
  const bool cuda = !entries_.empty() && entries_.front()->timing.config.device == "cuda";
  energy_ = find_energy_meter(cuda, config_.gpu);
}

Suite::~Suite() = default;

void Suite::register_benchmarks() {
  for (const auto& entry : entries_) {
    benchmark::RegisterBenchmark(entry->timing.name().c_str(),
                                 [this, chosen = entry.get()](benchmark::State& state) { run(state, *chosen); })
        ->UseRealTime()
        ->MeasureProcessCPUTime();
  }
}

std::optional<std::int64_t> Suite::training_peak(const TimingCase& timing) {
  if (!config_.training_memory) return std::nullopt;
  if (training_peak_of_ == timing.model.name) return training_peak_;
  training_peak_of_ = timing.model.name;
  training_peak_.reset();
  if (!has_memory_to_train(timing)) return std::nullopt;
  try {
    training_peak_ = measure_training_peak([&] { return timing.model.make(timing.options); },
                                           static_cast<int>(timing.options.classes),
                                           static_cast<int>(timing.options.size), kTrainingBatch, timing.config)
                         .peak_bytes;
  } catch (const ConfigError&) {
    // A frozen TorchScript file cannot be trained: there is no such figure.
  }
  return training_peak_;
}

bool Suite::prepare(Entry& entry) {
  if (prepared_ != &entry) {
    model_.reset();
    prepared_ = nullptr;
    entry.ran = true;
    try {
      const auto peak = training_peak(entry.timing);
      model_ = std::make_unique<TimedModel>(entry.timing);
      if (entry.result.samples_us.empty()) {
        const int attempts = entry.result.attempts;
        entry.result = model_->facts();
        entry.result.attempts = attempts;
        entry.result.training_step_peak_bytes = peak;
      }
    } catch (const std::exception& error) {
      entry.result.benchmark = entry.timing.name();
      entry.result.model = entry.timing.model.name;
      entry.result.batch = entry.timing.batch;
      entry.result.threads = entry.timing.config.threads;
      entry.result.form = to_string(entry.timing.form);
      entry.result.status = kFailed;
      entry.result.reason = first_line(error);
      return false;
    }
    entry.result.mark = config_.mark;
    prepared_ = &entry;
  }
  return !entry.failed();
}

void Suite::begin_pass(Entry& entry) {
  entry.in_pass = true;
  entry.pass_before = read_machine_state(config_.gpu.get());
  if (entry.result.samples_us.empty()) {
    entry.before = entry.pass_before;
    entry.joules = 0;
    entry.problem.clear();
    entry.foreign.reset();
    ++entry.result.attempts;
  }
  entry.result.pass_samples.push_back(0);
}

void Suite::run(benchmark::State& state, Entry& entry) {
  if (!prepare(entry)) {
    state.SkipWithError(entry.result.reason.c_str());
    return;
  }
  // Google Benchmark calls with more and more iterations until they take long enough; every sample counts.
  if (!entry.in_pass) begin_pass(entry);
  std::vector<double>& samples = entry.result.samples_us;
  std::int64_t& taken = entry.result.pass_samples.back();
  const double joules = energy_ ? energy_->joules() : 0;
  for ([[maybe_unused]] auto unused : state) samples.push_back(model_->time_us()), ++taken;
  while (taken < config_.least_samples) samples.push_back(model_->time_us()), ++taken;
  if (energy_) entry.joules += energy_->joules() - joules;
  conclude(entry);
  show(state, *entry.result.latency, *entry.result.images_per_second);
}

void Suite::conclude(Entry& entry) {
  const MachineState after = read_machine_state(config_.gpu.get());
  LatencyResult& result = entry.result;
  result.latency = summarise_samples(result.samples_us);
  result.images_per_second = 1e6 * result.batch / result.latency->p50_us;
  if (energy_) {
    result.joules_per_call = entry.joules / static_cast<double>(result.samples_us.size());
    result.energy_source = energy_->source();
  }
  if (const auto foreign = foreign_cores(entry.pass_before, after)) {
    entry.foreign = std::max(*foreign, entry.foreign.value_or(0));
  }
  result.state = {{"before", to_json(entry.before)},
                  {"after", to_json(after)},
                  {"foreign_cores", entry.foreign ? Json(*entry.foreign) : Json(nullptr)}};
  result.reason = build_is_optimised() ? why_distrusted(result.latency->p50_us, result.latency->p50_low_us,
                                                        result.latency->p50_high_us, entry.pass_before, after)
                                       : "a debug or sanitizer build: its latency means nothing";
  entry.pass_problem = why_not_trusted(entry.pass_before, after);
  if (result.reason.empty()) result.reason = entry.problem;
  if (result.reason.empty()) result.reason = why_drifted(pass_medians_us(result));
  result.status = result.reason.empty() ? kPassed : kMistrusted;
}

Suite::Due Suite::due() {
  Due due;
  const auto again = [&](Entry& entry) {
    entry.in_pass = false;
    if (entry.problem.empty()) entry.problem = entry.pass_problem;
    due.benchmarks.push_back(entry.result.benchmark);
  };
  for (const auto& entry : entries_) {
    const auto passes = static_cast<int>(entry->result.pass_samples.size());
    if (entry->ran && !entry->failed() && passes < config_.passes) again(*entry);
  }
  due.why = "another pass";
  if (!due.benchmarks.empty() || !build_is_optimised()) return due;
  due.why = "again, as it cannot be trusted";
  for (const auto& entry : entries_) {
    LatencyResult& result = entry->result;
    if (!entry->ran || result.status != kMistrusted || result.attempts > config_.retries) continue;
    again(*entry);
    result.samples_us.clear();
    result.pass_samples.clear();
  }
  return due;
}

std::vector<LatencyResult> Suite::results() const {
  std::vector<LatencyResult> results;
  for (const auto& entry : entries_) {
    if (entry->ran) results.push_back(entry->result);
  }
  return results;
}

}  // namespace flnas
