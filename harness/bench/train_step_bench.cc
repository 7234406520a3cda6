// Google Benchmark: one training step (forward, backward, Adam) of every zoo model, as the trainer does it.
// The other side, the same step in Python, is train_step.py; compare.py runs both in turn and reads `median_ms`. Both
// sides leave out as many first steps and take at least as many samples.
#include <ATen/Functions.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "harness/apps/program/process_setup.h"
#include "harness/apps/program/wiring.h"
#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/config.h"
#include "harness/train/device.h"
#include "harness/train/step.h"

namespace {

using namespace flnas;
using Clock = std::chrono::steady_clock;

/// So low that the one batch is never learned by heart: its gradients would become denormal numbers, with which a step
/// takes twice as long.
constexpr double kLearningRate = 1e-7;

/// The first steps fault in the memory that the later ones use again.
constexpr int kWarmUp = 3;

/// A heavy network takes a step or two in Google Benchmark's time: too few for a median.
constexpr std::size_t kSamples = 5;

double median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const std::size_t half = samples.size() / 2;
  return samples.size() % 2 == 1 ? samples[half] : (samples[half - 1] + samples[half]) / 2;
}

void train(benchmark::State& state, const nn::ModelEntry& entry, int size, int batch) {
  TrainConfig config;
  config.device = "cpu";
  const DeviceSetup setup = use_device(effective_config(config));
  torch::manual_seed(1);
  const auto model = entry.make({.classes = 2, .size = size});
  place(*model, setup);
  model->train();
  Adam adam(model->parameters(), kLearningRate);
  const at::Tensor images = at::rand({batch, 3, size, size}).contiguous(setup.memory_format);
  const at::Tensor labels = at::randint(0, 2, {batch}, at::kLong);
  const at::Tensor weights = at::ones({2});
  for (int i = 0; i < kWarmUp; ++i) train_step(*model, adam, images, labels, weights, setup);
  std::vector<double> milliseconds;
  const auto take_sample = [&] {
    const auto start = Clock::now();
    train_step(*model, adam, images, labels, weights, setup);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  };
  for (auto unused : state) take_sample();
  while (milliseconds.size() < kSamples) take_sample();
  state.counters["median_ms"] = median(milliseconds);
  state.counters["images_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * batch, benchmark::Counter::kIsRate);
}

}  // namespace

int main(int argc, char** argv) {
  apps::set_up_process();
  const nn::Registry models = apps::all_models();
  for (const auto& entry : models.entries()) {
    for (const int size : {64, 224}) {
      // At 224 px the baselines take seconds a step; their ratio at 64 px says the same.
      if (size == 224 && entry.name.rfind("search", 0) != 0) continue;
      const auto name = fmt::format("{}/size:{}/batch:8", entry.name, size);
      benchmark::RegisterBenchmark(name.c_str(),
                                   [entry, size](benchmark::State& state) { train(state, entry, size, 8); })
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime()
          ->MinTime(1.0);
    }
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
