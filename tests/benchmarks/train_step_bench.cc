// Google Benchmark: one training step (forward, backward, Adam) of every zoo model, as the trainer does it.
// With --in_turn=NAME (a benchmark's) it is one side of compare.py, as train_step.py, the same step in Python, is the
// other: it says "ready", then answers each line `N` with the mean milliseconds of N steps.
#include <ATen/Functions.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/model_registry.h"
#include "harness/cli/process_setup.h"
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

struct Case {
  nn::ModelEntry entry;
  int size;
  int batch;

  std::string name() const { return fmt::format("{}/size:{}/batch:{}", entry.name, size, batch); }
};

/// One network with its optimiser and a batch, warmed up; each call is a step.
class Step {
 public:
  explicit Step(const Case& of) : setup_(use_device(on_cpu())) {
    torch::manual_seed(1);
    model_ = of.entry.make({.classes = 2, .size = of.size});
    place(*model_, setup_);
    model_->train();
    adam_ = std::make_unique<Adam>(model_->parameters(), kLearningRate);
    images_ = at::rand({of.batch, 3, of.size, of.size}).contiguous(setup_.memory_format);
    labels_ = at::randint(0, 2, {of.batch}, at::kLong);
    weights_ = at::ones({2});
    for (int i = 0; i < kWarmUp; ++i) (*this)();
  }

  void operator()() { train_step(*model_, *adam_, images_, labels_, weights_, setup_); }

 private:
  static TrainConfig on_cpu() {
    TrainConfig config;
    config.device = "cpu";
    return effective_config(config);
  }

  DeviceSetup setup_;
  std::shared_ptr<nn::Classifier> model_;
  std::unique_ptr<Adam> adam_;
  at::Tensor images_, labels_, weights_;
};

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const nn::Registry models = cli::table_one_models();
  for (const auto& entry : models.entries()) {
    for (const int size : {64, 224}) {
      // At 224 px the baselines take seconds a step; their ratio at 64 px says the same.
      if (size == 224 && entry.name.rfind("search", 0) != 0) continue;
      cases.push_back({entry, size, 8});
    }
  }
  return cases;
}

void train(benchmark::State& state, const Case& of) {
  Step step(of);
  for (auto unused : state) step();
  state.counters["images_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * of.batch, benchmark::Counter::kIsRate);
}

int answer_in_turn(const std::vector<Case>& cases, const std::string& name) {
  for (const auto& one : cases) {
    if (one.name() != name) continue;
    Step step(one);
    std::cout << "ready" << std::endl;
    for (int steps = 0; std::cin >> steps;) {
      const auto start = Clock::now();
      for (int i = 0; i < steps; ++i) step();
      std::cout << std::chrono::duration<double, std::milli>(Clock::now() - start).count() / steps << std::endl;
    }
    return 0;
  }
  fmt::print(stderr, "train_step_bench: no benchmark \"{}\"; --benchmark_list_tests lists them\n", name);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kInTurn = "--in_turn=";
  cli::set_up_process();
  const auto cases = all_cases();
  if (argc == 2 && std::string_view(argv[1]).starts_with(kInTurn)) {
    return answer_in_turn(cases, argv[1] + kInTurn.size());
  }
  for (const auto& one : cases) {
    benchmark::RegisterBenchmark(one.name().c_str(), [one](benchmark::State& state) { train(state, one); })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime()
        ->MinTime(1.0);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
