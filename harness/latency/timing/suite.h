// Latency of many models with Google Benchmark, and what speaks for or against each figure. It does not know data
// sets, training runs or tables.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/latency/machine/energy.h"
#include "harness/latency/machine/gpu.h"
#include "harness/latency/machine/machine_state.h"
#include "harness/latency/timing/timed_model.h"
#include "harness/records/latency_suite.h"

namespace benchmark {
class State;
}

namespace flnas {

struct SuiteConfig {
  int least_samples = 15;  ///< for each pass of a benchmark, whatever Google Benchmark's minimum time gives
  int passes = 2;   ///< over all benchmarks: a machine that changes in between shows itself (trust.h, kMostDrift)
  int retries = 2;  ///< how often a benchmark that cannot be trusted is measured again
  bool training_memory = true;  ///< also the peak of a training step
  std::string mark = "measured";
  std::shared_ptr<const Gpu> gpu;  ///< that runs the models; null: none does, or it cannot be asked
};

/// One Google Benchmark for each case. Samples are taken inside its loop, one per iteration, and kept whole.
///
///     register_benchmarks -> [Google Benchmark runs them -> due()]... -> results
///
/// One model is held at a time. A case that cannot be prepared becomes a failed result and a benchmark that reports an
/// error; it does not stop the others.
class Suite {
 public:
  Suite(SuiteConfig config, std::vector<TimingCase> cases);
  ~Suite();

  /// Once, before benchmark::RunSpecifiedBenchmarks. The suite must outlive the runs.
  void register_benchmarks();

  /// What is to be run next: first the other passes of all that ran, then those that are not to be trusted, while they
  /// may still be measured again, with all their passes and new samples.
  struct Due {
    std::string why;
    std::vector<std::string> benchmarks;  ///< none: all is done
  };
  Due due();

  /// Of every benchmark that ran, in the order of the cases.
  std::vector<LatencyResult> results() const;

 private:
  struct Entry;

  void run(benchmark::State& state, Entry& entry);
  bool prepare(Entry& entry);
  void begin_pass(Entry& entry);
  void conclude(Entry& entry);
  std::optional<std::int64_t> training_peak(const TimingCase& timing);

  SuiteConfig config_;
  std::vector<std::unique_ptr<Entry>> entries_;
  Entry* prepared_ = nullptr;
  std::unique_ptr<TimedModel> model_;
  std::unique_ptr<EnergyMeter> energy_;  ///< null: this device tells nothing
  std::string training_peak_of_;
  std::optional<std::int64_t> training_peak_;
};

}  // namespace flnas
