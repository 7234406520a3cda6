// Google Benchmark: zero-cost proxies of one cell of NAS-Bench-201, each alone and all together as a search takes them.
// The other side, each by a copy of the network and passes of its own in Python, is proxies.py; compare_proxies.py runs
// both in turn and reads `median_ms`.
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "harness/cli/process_setup.h"
#include "harness/nn/classifier.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/proxies/proxies.h"

namespace {

using namespace flnas;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBatch = 64, kSize = 32, kClasses = 10;

/// Those that Python computes, too: counting parameters and operations is no work.
std::vector<std::string> timed_proxies() {
  std::vector<std::string> names = proxies::proxy_names();
  names.erase(
      std::remove_if(names.begin(), names.end(), [](const auto& name) { return name == "params" || name == "flops"; }),
      names.end());
  return names;
}

void compute(benchmark::State& state, std::size_t cell, const std::vector<std::string>& names) {
  torch::manual_seed(1);
  const auto model = nn::make_cell_network(nn::cell_at(cell), {.classes = kClasses, .size = kSize});
  const proxies::ProxyBatch batch = proxies::noise_batch(kBatch, kClasses, kSize, 1);
  proxies::compute_proxies(*model, batch, names, 1);
  std::vector<double> milliseconds;
  for (auto unused : state) {
    const auto start = Clock::now();
    benchmark::DoNotOptimize(proxies::compute_proxies(*model, batch, names, 1));
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  const auto middle = milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() / 2);
  std::nth_element(milliseconds.begin(), middle, milliseconds.end());
  state.counters["median_ms"] = *middle;
}

}  // namespace

int main(int argc, char** argv) {
  cli::set_up_process();
  at::set_num_threads(1);
  for (const std::size_t cell : {0, 1}) {  // 18 and 117 million operations
    const auto add = [&](const std::string& name, const std::vector<std::string>& names) {
      benchmark::RegisterBenchmark(fmt::format("cell:{}/{}", cell, name).c_str(),
                                   [cell, names](benchmark::State& state) { compute(state, cell, names); })
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime()
          ->Iterations(3);
    };
    for (const auto& name : timed_proxies()) add(name, {name});
    std::vector<std::string> names = timed_proxies();
    add("all", names);
    std::erase(names, "grasp");
    add("all-but-grasp", names);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
