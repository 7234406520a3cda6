// The loop's own time for each design: all of a search but training and waiting for replies. Designs are scored by a
// formula; validation, the controller and the archive on the disk are real.
//
//   search_loop_bench [--benchmark_...]
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/search.h"
#include "searches/spaces/cnn/cnn_space.h"
#include "searches/strategies/strategies.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
namespace fs = std::filesystem;

/// More parameters are more accurate, fewer are fairer.
class FormulaEvaluator : public Evaluator {
 public:
  explicit FormulaEvaluator(const SearchSpace& space) : space_(space) {}
  Evaluation evaluate(Candidate candidate) override {
    Evaluation evaluation;
    evaluation.status = kPassed;
    const CostEstimate cost = space_.cost(candidate);
    evaluation.cost.parameters = cost.parameters;
    evaluation.cost.macs = cost.macs;
    const double size = 1 / (1 + 1e6 / static_cast<double>(evaluation.cost.parameters + 1));
    evaluation.scores.accuracy = evaluation.scores.balanced_accuracy = 0.6 + size / 4;
    evaluation.scores.unfairness_sum = size;
    return evaluation;
  }
  metrics::Point objectives(const Evaluation& evaluation) const override {
    return {*evaluation.scores.unfairness_sum, 1 - *evaluation.scores.accuracy};
  }
  std::vector<std::string> objective_names() const override { return {"unfairness", "error"}; }
  std::optional<BestRule> best_rule() const override { return BestRule::for_classes(2); }
  bool is_costly() const override { return true; }
  std::string goal() const override { return "fair and accurate"; }
  std::string figures(const Evaluation&) const override { return ""; }

 private:
  const SearchSpace& space_;
};

void loop(benchmark::State& state, const StrategyEntry& strategy, std::size_t designs) {
  const fs::path folder = fs::temp_directory_path() / "search_loop_bench";
  const CnnSpace space(load_cnn(), nn::ModelOptions{.classes = 2, .size = 64}, 8, 4);
  FormulaEvaluator evaluator(space);
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
