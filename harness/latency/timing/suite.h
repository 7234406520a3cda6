// Latencies of many models with Google Benchmark, each with its verdict. It does not know data sets, training runs or
// tables.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/latency/machine/machine.h"
#include "harness/latency/timing/measurement.h"
#include "harness/latency/timing/timed_model.h"
#include "harness/records/latency_suite.h"

namespace benchmark {
class State;
}

namespace flnas {

struct SuiteConfig {
  MeasurementRules rules;
  bool training_memory = true;  ///< also the peak of a training step
};

/// One Google Benchmark for each case. Samples are taken inside its loop, one per iteration, and kept whole.
///
///     register_benchmarks -> [Google Benchmark runs them -> pending()]... -> results
///
/// One model is held at a time. A case that cannot be prepared becomes a failed result and a benchmark that reports an
/// error; it does not stop the others.
class Suite {
 public:
  /// `prepare` makes a case ready; tests have one of their own, as of the machine.
  Suite(SuiteConfig config, std::vector<TimingCase> cases, std::unique_ptr<Machine> machine,
        PrepareCall prepare = prepare_timed_model);
  ~Suite();

  /// Once, before benchmark::RunSpecifiedBenchmarks. The suite must outlive the runs. `iterations`: of a pass, in place
  /// of Google Benchmark's minimum time.
  void register_benchmarks(std::optional<std::int64_t> iterations = {});

  /// The benchmarks to run next: first the other passes of all that ran, then retries of the unreliable ones.
  struct Pending {
    std::string why;
    std::vector<std::string> benchmarks;  ///< none: all is done
  };
  Pending pending();

  /// Of every benchmark that ran, in the order of the cases.
  std::vector<LatencyResult> results() const;

 private:
  struct Entry;

  void run(benchmark::State& state, Entry& entry);
  bool prepare(Entry& entry);
  std::optional<std::int64_t> training_peak(const TimingCase& timing);

  SuiteConfig config_;
  std::unique_ptr<Machine> machine_;
  PrepareCall prepare_;
  std::vector<std::unique_ptr<Entry>> entries_;
  Entry* prepared_ = nullptr;
  std::unique_ptr<TimedCall> call_;
  std::string training_peak_model_;
  std::optional<std::int64_t> training_peak_;
};

}  // namespace flnas
