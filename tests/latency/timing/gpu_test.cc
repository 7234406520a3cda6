// On a CUDA device; elsewhere the whole program is skipped.
#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>

#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/collecting_reporter.h"
#include "harness/latency/timing/peak_memory.h"
#include "harness/latency/timing/suite.h"
#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/memory.h"
#include "harness/train/step.h"
#include "searches/spaces/cnn/models/searched_models.h"

namespace {

using namespace flnas;

struct NeedsCuda {
  NeedsCuda() {
    if (torch::cuda::is_available()) return;
    fmt::print(stderr, "skipped: no CUDA device that this build can use\n");
    std::_Exit(77);
  }
};
BOOST_TEST_GLOBAL_FIXTURE(NeedsCuda);

const nn::ModelEntry kSearch3 = searches::searched_models().back();
constexpr nn::ModelOptions kOptions{.classes = 2, .size = 64};

TrainConfig on(const std::string& device) {
  TrainConfig config;
  config.device = device;
  config.precision = "float32";
  config.threads = 1;
  return effective_config(config);
}

/// The loss of each of three steps, and the logits after them.
struct Trained {
  std::vector<double> losses;
  at::Tensor logits;
};
Trained train_on(const std::string& device) {
  const DeviceSetup setup = use_device(on(device));
  torch::manual_seed(1);
  const auto model = kSearch3.make(kOptions);
  const at::Tensor images = at::rand({8, 3, 64, 64}).to(setup.device).contiguous(setup.memory_format);
  const at::Tensor labels = at::arange(8).remainder(2).to(setup.device), weights = at::ones({2}).to(setup.device);
  place(*model, setup);
  model->train();
  Adam adam(model->parameters());
  Trained trained;
  for (int step = 0; step < 3; ++step) {
    trained.losses.push_back(mean_loss(train_step(*model, adam, images, labels, weights, setup), 8).loss);
  }
  const at::NoGradGuard no_grad;
  trained.logits = model->forward(images).to(at::kCPU);
  return trained;
}

std::vector<LatencyResult> measure(const std::string& device, const std::vector<ExecutionMode>& modes) {
  std::vector<TimingCase> cases;
  for (const ExecutionMode& mode : modes) cases.push_back({kSearch3, kOptions, 2, on(device), mode});
  Suite suite({}, cases, machine_of(cases.front().config));
  benchmark::ClearRegisteredBenchmarks();
  suite.register_benchmarks();
  CollectingReporter silent(nullptr);
  do {
    benchmark::RunSpecifiedBenchmarks(&silent, ".");
  } while (!suite.pending().benchmarks.empty());
  return suite.results();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gpu)

BOOST_AUTO_TEST_CASE(training_steps_on_cuda_are_close_to_those_on_the_cpu) {
  // TF32 has ten bits only.
  at::globalContext().setAllowTF32CuDNN(false);
  const Trained cuda = train_on("cuda");
  at::globalContext().setAllowTF32CuDNN(true);
  const Trained cpu = train_on("cpu");
  for (std::size_t step = 0; step < 3; ++step) {
    BOOST_TEST(cuda.losses[step] == cpu.losses[step], boost::test_tools::tolerance(1e-3));
  }
  BOOST_TEST((cuda.logits - cpu.logits).abs().max().item<double>() < 1e-2);
}

BOOST_AUTO_TEST_CASE(a_suite_on_cuda_is_valid_and_answers_as_the_cpu_does) {
  LatencySuite record;
  record.results = measure("cuda", modes_of(true));
  BOOST_REQUIRE(record.results.size() == 4U);
  set_verdict(record, {});
  BOOST_TEST(record.verdict == kValid, fmt::format("{}", fmt::join(record.reasons, "; ")));
  const LatencyResult cpu = measure("cpu", {eager_mode()}).at(0);
  for (const LatencyResult& result : record.results) {
    BOOST_TEST_CONTEXT(result.benchmark) {
      BOOST_TEST(result.model_sha256 == cpu.model_sha256);
      BOOST_REQUIRE(result.logits.size() == cpu.logits.size());
      for (std::size_t i = 0; i < cpu.logits.size(); ++i) BOOST_TEST(std::abs(result.logits[i] - cpu.logits[i]) < 1e-2);
      BOOST_TEST(result.state.after->gpu.has_value());
    }
  }
  // A graph is recorded in its first call; a replay takes a small part of that.
  const LatencyResult& graph = record.results.back();
  BOOST_TEST(graph.form == "cuda-graph");
  BOOST_TEST(graph.first_call_us > 3 * graph.latency->p50_us);
  BOOST_TEST(*graph.inference_peak_bytes >= *record.results.front().inference_peak_bytes / 2);
}

BOOST_AUTO_TEST_CASE(peaks_are_those_of_the_caching_allocator) {
  const TrainConfig config = on("cuda");
  const c10::Device cuda = use_device(config).device;
  const std::int64_t before = allocated_bytes(cuda);
  reset_peak_bytes(cuda);
  {
    const at::Tensor held = at::empty({1 << 20}, at::device(cuda).dtype(at::kFloat));
    BOOST_TEST(allocated_bytes(cuda) - before == 4 << 20);
  }
  BOOST_TEST(allocated_bytes(cuda) == before);
  BOOST_TEST(peak_bytes(cuda) - before == 4 << 20);
  const auto make = [] { return kSearch3.make(kOptions); };
  const std::int64_t parameters = 4 * nn::count_parameters(*make());
  const PeakMemory small = measure_training_peak(make, {.classes = 2, .size = 64}, 2, config);
  const PeakMemory large = measure_training_peak(make, {.classes = 2, .size = 64}, 8, config);
  BOOST_TEST(small.peak_bytes > 3 * parameters);
  BOOST_TEST(large.peak_bytes > small.peak_bytes);
}

BOOST_AUTO_TEST_SUITE_END()
