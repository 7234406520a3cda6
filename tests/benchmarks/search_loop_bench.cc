// The loop's own time for each design: all of a search but training and waiting for answers. Designs are scored by a
// formula; prompts, validation, the controller and the archive on the disk are real.
//   search_loop_bench [--benchmark_...] [RECORDING PROMPT]      with searches/recordings for the replay
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/search.h"
#include "searches/llm/chat/recording.h"
#include "searches/strategies/evolution_designer.h"
#include "searches/strategies/fahana_designer.h"
#include "searches/strategies/llm_designer.h"
#include "searches/strategies/random_designer.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
namespace fs = std::filesystem;

constexpr nn::ModelOptions kOptions{.classes = 2, .size = 64};

/// Wide first stages are accurate, narrow ones fair.
class FormulaEvaluator : public Evaluator {
 public:
  Evaluation evaluate(const Finding& design, const std::string&) override {
    const double width = design.design["stages"][0]["channels"].get<double>() / 512;
    Evaluation evaluation;
    evaluation.status = kPassed;
    evaluation.cost.macs = design.estimate.macs;
    evaluation.cost.parameters = design.estimate.parameters;
    evaluation.scores.accuracy = evaluation.scores.balanced_accuracy = 0.6 + width / 4;
    evaluation.scores.unfairness_sum = width;
    for (const char* group : {"male", "female", "young", "middle", "old"}) {
      evaluation.scores.groups.push_back({group, 100, 0.6});
    }
    return evaluation;
  }
};

using MakeDesigner = std::function<std::unique_ptr<Designer>()>;

void loop(benchmark::State& state, const MakeDesigner& make, const Space& space, int designs) {
  const fs::path folder = fs::temp_directory_path() / "search_loop_bench";
  const Validator validator(space, kOptions, 8);
  double overhead = 0;
  for (auto _ : state) {
    fs::remove_all(folder);
    Archive archive(folder / "archive.jsonl");
    FormulaEvaluator evaluator;
    const auto designer = make();
    overhead += run_search(*designer, validator, evaluator, archive, {.iterations = designs}, [](const Evaluation&) {
                }).overhead_seconds;
  }
  fs::remove_all(folder);
  state.counters["ms_per_design"] = 1e3 * overhead / designs / static_cast<double>(state.iterations());
}

void add(const std::string& name, const MakeDesigner& make, const Space& space, int designs) {
  benchmark::RegisterBenchmark(fmt::format("loop/{}/{}", name, designs).c_str(), loop, make, space, designs)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  try {
    const Space space = load_space();
    const BestRule rule = BestRule::for_classes(2);
    for (const int designs : {10, 100}) {
      add(
          "random", [=] { return std::make_unique<RandomDesigner>(space.choices, 1); }, space, designs);
      add(
          "evolution",
          [=] {
            return std::make_unique<EvolutionDesigner>(space.choices, EvolutionConfig::for_budget(designs), rule, 1);
          },
          space, designs);
      add(
          "fahana", [=] { return std::make_unique<FahanaDesigner>(space, FahanaConfig{}, 1); }, space, designs);
    }
    std::unique_ptr<ChatClient> chat;
    if (argc == 3) {
      const PromptTemplate prompt = PromptTemplate::load(argv[2]);
      const PromptSetting setting{
          .data = "d", .classes = {"a", "b"}, .size = 64, .device = "host", .space = space, .rule = rule, .parts = {}};
      add(
          "replay",
          [&chat, file = fs::path(argv[1]), prompt, setting] {
            chat = make_replay_chat(file);
            return std::make_unique<LlmDesigner>(*chat, prompt, setting, LlmConfig{.model = "scripted"}, kOptions);
          },
          space, 5);
    }
    benchmark::RunSpecifiedBenchmarks();
  } catch (const Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  }
}
