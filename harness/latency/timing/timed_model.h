#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/latency/timing/execution_mode.h"
#include "harness/latency/timing/timed_call.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// The case of one benchmark.
struct TimingCase {
  nn::ModelEntry model;
  nn::ModelOptions options = nn::kPaperGeometry;
  int batch = 2;
  TrainConfig config;  ///< effective: device, precision, memory format and threads
  ExecutionMode mode = eager_mode();
  double warm_up_seconds = 0.5;  ///< at least, and three calls

  /// Google Benchmark's name of it: "search3/batch:2/threads:1/form:frozen".
  std::string name() const;
  /// A result with the description of its case only.
  LatencyResult blank_result() const;
};

/// Makes a case ready to be timed. Throws where it cannot be built.
using PrepareCall = std::function<std::unique_ptr<TimedCall>(const TimingCase&)>;

/// A model in its mode, checked and warmed up: only calls remain to be timed. Weights and then images, uniform in [0,
/// 1], are drawn once from seed 1: the same weights give the same logits on every device, up to rounding.
class TimedModel : public TimedCall {
 public:
  /// Loads, measures the first call, compares the logits with the eager mode's, and calls until both `kWarmUpCalls` and
  /// `warm_up_seconds` are reached. libtorch's generator on the CPU is left as it was. Throws ConfigError where the
  /// model cannot be built or the mode not be had.
  explicit TimedModel(const TimingCase& timing);

  static constexpr int kWarmUpCalls = 3;

  /// The device is synchronised before and after.
  double time_us() override;
  const LatencyResult& facts() const override { return facts_; }

 private:
  TimingCase timing_;
  DeviceSetup setup_;
  std::function<at::Tensor()> forward_;
  LatencyResult facts_;
};

/// A `TimedModel`.
std::unique_ptr<TimedCall> prepare_timed_model(const TimingCase& timing);

/// SHA-256 over names, shapes and bytes of the parameters and buffers, in the order of their registration.
std::string hash_state(const nn::Classifier& model);

}  // namespace flnas
