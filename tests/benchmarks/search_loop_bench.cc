// The loop's own time for each design: all of a search but training and waiting for replies. Designs are scored by a
// formula; validation, the controller and the archive on the disk are real.
//
//   search_loop_bench [--benchmark_...]
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>

#include "harness/base/error.h"
#include "searches/core/search.h"
#include "searches/spaces/cnn/cnn_space.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/formula_evaluator.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
namespace fs = std::filesystem;

void loop(benchmark::State& state, const StrategyEntry& strategy, std::size_t designs) {
  const fs::path folder = fs::temp_directory_path() / "search_loop_bench";
  const CnnSpace space(load_cnn(), nn::ModelOptions{.classes = 2, .size = 64}, 8, 4);
  tests::FormulaEvaluator evaluator(space);
  double overhead = 0;
  for (auto _ : state) {
    fs::remove_all(folder);
    Archive archive(folder / "archive.jsonl");
    const auto made = strategy.make({.space = space,
                                     .evaluator = evaluator,
                                     .budget = designs,
                                     .seed = 1,
                                     .latency_limit_us = {},
                                     .llm = nullptr,
                                     .llm_settings = {},
                                     .question = {}});
    overhead += run_search(*made, space, evaluator, archive, {.budget = designs}).overhead_seconds;
  }
  fs::remove_all(folder);
  state.counters["ms_per_design"] =
      1e3 * overhead / static_cast<double>(designs) / static_cast<double>(state.iterations());
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  try {
    for (const std::size_t designs : {10u, 100u}) {
      for (const StrategyEntry& strategy : strategy_entries()) {
        if (strategy.needs_language_model) continue;
        benchmark::RegisterBenchmark(fmt::format("loop/{}/{}", strategy.name, designs).c_str(), loop, strategy, designs)
            ->Unit(benchmark::kMillisecond);
      }
    }
    benchmark::RunSpecifiedBenchmarks();
  } catch (const Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  }
}
