#include "harness/latency/timing/suite.h"

#include <benchmark/benchmark.h>

#include <utility>

#include "harness/base/one_line.h"
#include "harness/latency/timing/peak_memory.h"

namespace flnas {

struct Suite::Entry {
  TimingCase timing;
  Measurement measurement;
};

namespace {

void show(benchmark::State& state, const LatencyStatistics& latency, double images_per_second) {
  state.counters["p50_us"] = latency.p50_us;
  state.counters["p90_us"] = latency.p90_us;
  state.counters["min_us"] = latency.minimum_us;
  state.counters["images_per_second"] = images_per_second;
}

}  // namespace

Suite::Suite(SuiteConfig config, std::vector<TimingCase> cases, std::unique_ptr<Machine> machine, PrepareCall prepare)
    : config_(std::move(config)), machine_(std::move(machine)), prepare_(std::move(prepare)) {
  for (auto& timing : cases) {
    entries_.push_back(std::make_unique<Entry>(Entry{std::move(timing), Measurement(config_.rules, *machine_)}));
  }
}

Suite::~Suite() = default;

void Suite::register_benchmarks(std::optional<std::int64_t> iterations) {
  for (const auto& entry : entries_) {
    auto* registered =
        benchmark::RegisterBenchmark(entry->timing.name().c_str(),
                                     [this, chosen = entry.get()](benchmark::State& state) { run(state, *chosen); })
            ->UseRealTime()
            ->MeasureProcessCPUTime();
    if (iterations) registered->Iterations(*iterations);
  }
}

std::optional<std::int64_t> Suite::training_peak(const TimingCase& timing) {
  if (!config_.training_memory) return std::nullopt;
  if (training_peak_model_ != timing.model.name) {
    training_peak_model_ = timing.model.name;
    training_peak_.reset();
    if (const auto peak = training_peak_of(timing, *machine_)) training_peak_ = peak->peak_bytes;
  }
  return training_peak_;
}

bool Suite::prepare(Entry& entry) {
  if (prepared_ == &entry) return true;
  call_.reset();
  prepared_ = nullptr;
  try {
    const auto peak = training_peak(entry.timing);
    call_ = prepare_(entry.timing);
    LatencyResult facts = call_->facts();
    facts.training_step_peak_bytes = peak;
    entry.measurement.prepared(facts);
  } catch (const std::exception& error) {
    entry.measurement.fail(entry.timing.blank_result(), one_line(error));
  }
  if (entry.measurement.has_failed()) return false;
  prepared_ = &entry;
  return true;
}

void Suite::run(benchmark::State& state, Entry& entry) {
  Measurement& measurement = entry.measurement;
  if (!prepare(entry)) {
    state.SkipWithError(measurement.current().reason.c_str());
    return;
  }
  // Google Benchmark calls with more and more iterations until they take long enough; every sample counts.
  measurement.begin_samples();
  for ([[maybe_unused]] auto unused : state) measurement.add_sample(call_->time_us());
  while (!measurement.has_enough()) measurement.add_sample(call_->time_us());
  measurement.end_samples();
  show(state, *measurement.current().latency, *measurement.current().images_per_second);
}

Suite::Pending Suite::pending() {
  for (const auto& [next, why] : {std::pair(Measurement::Next::kPass, "another pass"),
                                  std::pair(Measurement::Next::kRetry, "again, as it is unreliable")}) {
    Pending pending{why, {}};
    for (const auto& entry : entries_) {
      if (entry->measurement.next() != next) continue;
      entry->measurement.go_on();
      pending.benchmarks.push_back(entry->measurement.benchmark());
    }
    if (!pending.benchmarks.empty()) return pending;
  }
  return {};
}

std::vector<LatencyResult> Suite::results() const {
  std::vector<LatencyResult> results;
  for (const auto& entry : entries_) {
    if (entry->measurement.has_run()) results.push_back(entry->measurement.result());
  }
  return results;
}

}  // namespace flnas
