#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/latency/timing/execution_mode.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// What one benchmark times.
struct TimingCase {
  nn::ModelEntry model;
  nn::ModelOptions options = nn::kPaperGeometry;
  int batch = 2;
  TrainConfig config;  ///< effective: device, precision, memory format and threads
  Form form = Form::kEager;

  /// Google Benchmark's name of it: "search3/batch:2/threads:1/form:frozen".
  std::string name() const;
};

/// A model in its form, checked and warmed up: only calls remain to be timed. Weights and then images, uniform in [0,
/// 1], are drawn once from seed 1: the same weights give the same logits on every device, up to rounding.
class TimedModel {
 public:
  /// Loads, measures the first call, compares the logits with the eager form's, and calls until both `kWarmUpCalls` and
  /// `kWarmUpSeconds` are reached. Throws ConfigError where the model cannot be built or the form not be had.
  explicit TimedModel(const TimingCase& timing);

  static constexpr int kWarmUpCalls = 3;
  static constexpr double kWarmUpSeconds = 0.5;

  /// Microseconds of one call, the device synchronised before and after.
  double time_us();

  /// What is known before the samples: everything of the result but latency, trust, state and training memory.
  const LatencyResult& facts() const { return facts_; }

 private:
  TimingCase timing_;
  DeviceSetup setup_;
  std::function<at::Tensor()> forward_;
  LatencyResult facts_;
};

/// SHA-256 over names, shapes and bytes of the parameters and buffers, in the order of their registration.
std::string hash_state(const nn::Classifier& model);

}  // namespace flnas
