// Searches on tables: a look-up, 10,000 evaluations of each strategy with their bookkeeping, and the hypervolume of
// 1,000 points. One thread.
//   table_search_bench [--benchmark_...] FOLDER      tables as datasets/nas/README.md has them
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

#include "datasets/images/cache_folder.h"
#include "harness/base/error.h"
#include "searches/core/search.h"
#include "searches/spaces/nas_bench_201/cell_space.h"
#include "searches/strategies/strategies.h"

namespace {

using namespace flnas;
using namespace flnas::searches;

void look_up(benchmark::State& state, const CellProblem& problem) {
  Random random(1);
  std::vector<Candidate> order;
  for (int i = 0; i < 4096; ++i) order.push_back(problem.candidates[random.below(problem.candidates.size())]);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(problem.cost[order[i & 4095]]);
    ++i;
  }
}

void search(benchmark::State& state, const StrategyEntry& strategy, const CellProblem& problem,
            const NasSearchView& view) {
  constexpr std::size_t kEvaluations = 10'000;
  const Partition partition = make_partition(strategy.name == "llmnas" ? "convolutions" : "none", view, 1, "");
  const CellSpace space(problem, partition);
  TableEvaluator evaluator(problem);
  std::size_t evaluations = 0;
  for (auto _ : state) {
    Archive archive;
    const auto made = strategy.make({.space = space,
                                     .evaluator = evaluator,
                                     .budget = kEvaluations,
                                     .seed = 1,
                                     .latency_limit_us = {},
                                     .llm = nullptr,
                                     .llm_settings = {},
                                     .question = {}});
    run_search(*made, space, evaluator, archive, {.budget = kEvaluations});
    evaluations = archive.evaluations().size();
  }
  state.counters["evaluations"] = static_cast<double>(evaluations);
}

void hypervolume(benchmark::State& state) {
  constexpr std::size_t kPoints = 1000;
  std::vector<metrics::Point> front;
  for (std::size_t i = 0; i < kPoints; ++i) {
    front.push_back({static_cast<double>(i) / kPoints, static_cast<double>(kPoints - i) / kPoints});
  }
  for (auto _ : state) benchmark::DoNotOptimize(metrics::hypervolume(front, {1, 1}));
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    fmt::print(stderr, "error: give a folder of tables (datasets/nas/README.md)\n");
    return 2;
  }
  try {
    const NasTable table = NasTable::open(argv[1], cache_folder());
    const NasSearchView view = table.search_view(table.datasets()[0]);
    const CellProblem problem = make_problem(table, connected_cells(table), view, view.devices()[0], "latency");
    benchmark::RegisterBenchmark("look_up", look_up, problem);
    benchmark::RegisterBenchmark("hypervolume/1000_points/2_objectives", hypervolume)->Unit(benchmark::kMicrosecond);
    for (const StrategyEntry& strategy : strategy_entries()) {
      if (strategy.needs_language_model || strategy.needs_tokens || strategy.needs_prior) continue;
      benchmark::RegisterBenchmark(("search/" + strategy.name).c_str(), search, strategy, problem, view)
          ->Unit(benchmark::kMillisecond);
    }
    benchmark::RunSpecifiedBenchmarks();
  } catch (const Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  }
}
