// Google Benchmark: what flnas-bench adds to a latency. An empty model, timed by the suite and by a loop written by
// hand; exit code 1 where the two `p50_us` differ by a microsecond or more.
#include <ATen/Functions.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>

#include "harness/base/system.h"
#include "harness/cli/process_setup.h"
#include "harness/latency/timing/timed_model.h"
#include "harness/nn/classifier.h"

namespace {

using namespace flnas;
using Clock = std::chrono::steady_clock;

/// Gives the same logits whatever it is shown.
struct Empty : nn::Classifier {
  torch::Tensor logits = at::zeros({1, 2});
  torch::Tensor forward(const torch::Tensor&) override { return logits; }
};

TrainConfig one_thread() {
  TrainConfig config;
  config.device = "cpu";
  config.threads = 1;
  return effective_config(config);
}

double p50_by_suite = 0, p50_by_hand = 0;

void show(benchmark::State& state, const std::vector<double>& samples_us, double& p50) {
  p50 = summarise_samples(samples_us).p50_us;
  state.counters["p50_us"] = p50;
}

void by_suite(benchmark::State& state) {
  nn::ModelEntry entry;
  entry.name = "empty";
  entry.make = [](const nn::ModelOptions&) { return std::make_shared<Empty>(); };
  const nn::ModelOptions options{.classes = 2, .size = 8};
  const TimingCase timing{.model = entry, .options = options, .batch = 1, .config = one_thread()};
  TimedModel model(timing);
  std::vector<double> samples;
  for ([[maybe_unused]] auto unused : state) samples.push_back(model.time_us());
  show(state, samples, p50_by_suite);
}

void by_hand(benchmark::State& state) {
  Empty model;
  const at::NoGradGuard no_grad;
  const at::Tensor images = at::rand({1, 3, 8, 8});
  std::vector<double> samples;
  for ([[maybe_unused]] auto unused : state) {
    const auto start = Clock::now();
    const at::Tensor logits = model.forward(images);
    samples.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  show(state, samples, p50_by_hand);
}

}  // namespace

int main(int argc, char** argv) {
  cli::set_up_process();
  benchmark::RegisterBenchmark("empty/by_suite", by_suite)->UseRealTime()->Iterations(20'000);
  benchmark::RegisterBenchmark("empty/by_hand", by_hand)->UseRealTime()->Iterations(20'000);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  if (p50_by_suite == 0 || p50_by_hand == 0) return 0;
  const double added = p50_by_suite - p50_by_hand;
  fmt::print("flnas-bench adds {:.3f} microseconds to a call\n", added);
  return added < 1 || !build_is_optimised() ? 0 : 1;
}
