// Google Benchmark: one training step (forward, backward, Adam) of every zoo model, as the trainer does it.
// The other side, the same step in Python, is train_step.py; compare.py runs both in turn.
#include <ATen/Functions.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <torch/optim/adam.h>
#include <torch/utils.h>

#include "harness/apps/process_setup.h"
#include "harness/apps/wiring.h"
#include "harness/nn/classifier.h"
#include "harness/train/config.h"
#include "harness/train/device.h"
#include "harness/train/step.h"

namespace {

using namespace flnas;

void train(benchmark::State& state, const nn::ModelEntry& entry, int size, int batch) {
  TrainConfig config;
  config.device = "cpu";
  const DeviceSetup setup = use_device(effective_config(config));
  torch::manual_seed(1);
  const auto model = entry.make({.classes = 2, .size = size});
  place(*model, setup);
  model->train();
  torch::optim::Adam adam(model->parameters(), torch::optim::AdamOptions(1e-3));
  const at::Tensor images = at::rand({batch, 3, size, size}).contiguous(setup.memory_format);
  const at::Tensor labels = at::randint(0, 2, {batch}, at::kLong);
  const at::Tensor weights = at::ones({2});
  for (int i = 0; i < 2; ++i) train_step(*model, adam, images, labels, weights, setup);
  for (auto unused : state) train_step(*model, adam, images, labels, weights, setup);
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
