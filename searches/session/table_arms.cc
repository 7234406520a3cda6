#include "searches/session/table_arms.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

constexpr char kLlmNas[] = "LLM-NAS, arXiv 2510.01472";

std::vector<TableArm> make_arms() {
  std::vector<TableArm> arms;
  const auto add = [&](const char* name, const char* title, const char* group, const char* source,
                       const char* strategy) -> TableArm& {
    arms.push_back({.name = name, .title = title, .group = group, .source = source, .strategy = strategy, .row = {}});
    return arms.back();
  };
  add("llmnas", "LLM-NAS", "strategy", kLlmNas, "llmnas").language_model = true;
  add("llmnas-offline", "LLM-NAS without an LLM", "strategy", kLlmNas, "llmnas");
  for (const char* name : {"random", "evolution", "nsga2", "local"}) {
    const StrategyEntry& entry = find_strategy(name);
    add(name, entry.title.c_str(), "baseline", entry.source.c_str(), name).partition = "none";
  }
  const auto prompting = [&](const char* name, const char* title, Emphasis emphasis) {
    TableArm& arm = add(name, title, "baseline", kLlmNas, "llmnas");
    arm.language_model = true;
    arm.knowledge = false;
    arm.partition = "none";
    arm.emphasis = emphasis;
  };
  prompting("prompt", "Plain prompting", Emphasis::kTradeOff);
  prompting("prompt-latency", "Plain prompting for latency", Emphasis::kCost);

  const auto ablation = [&](const char* name, const char* title, const char* partition,
                            const char* strategy = "llmnas") -> TableArm& {
    TableArm& arm = add(name, title, "ablation", "", strategy);
    arm.partition = partition;
    return arm;
  };
  ablation("offline-no-partition", "offline, no partition", "none");
  ablation("offline-random-partition", "offline, six random niches", "random:6");
  ablation("offline-flops-2", "offline, two niches by FLOPs", "flops_M:2");
  ablation("offline-flops-6", "offline, six niches by FLOPs", "flops_M:6");
  ablation("offline-flops-12", "offline, twelve niches by FLOPs", "flops_M:12");
  ablation("offline-flops-24", "offline, 24 niches by FLOPs", "flops_M:24");
  const auto without_predictor = [&](const char* name, const char* title, const char* partition,
                                     const char* strategy = "llmnas") {
    ablation(name, title, partition, strategy).predictor = false;
  };
  without_predictor("offline-no-predictor", "offline, no predictor", "convolutions");
  without_predictor("offline-no-partition-no-predictor", "offline, neither", "none");
  without_predictor("random-no-predictor", "random search, no predictor", "none", "random");
  without_predictor("evolution-no-predictor", "regularised evolution, no predictor", "none", "evolution");
  without_predictor("nsga2-no-predictor", "NSGA-II, no predictor", "none", "nsga2");
  without_predictor("local-no-predictor", "local search, no predictor", "none", "local");
  ablation("llmnas-no-partition", "LLM-NAS, no partition", "none").language_model = true;
  ablation("llmnas-random-partition", "LLM-NAS, six random niches", "random:6").language_model = true;
  ablation("llmnas-no-knowledge", "LLM-NAS, no knowledge base", "convolutions").language_model = true;
  arms.back().knowledge = false;
  ablation("llmnas-no-predictor", "LLM-NAS, no predictor", "convolutions").language_model = true;
  arms.back().predictor = false;

  for (const char* name : {"random-sensible", "fahana", "flnas"}) {
    const StrategyEntry& entry = find_strategy(name);
    TableArm& arm = add(name, entry.title.c_str(), "other", entry.source.c_str(), name);
    arm.partition = "none";
    arm.language_model = entry.needs_language_model;
  }
  return arms;
}

}  // namespace

const std::vector<TableArm>& table_arms() {
  static const std::vector<TableArm> arms = make_arms();
  return arms;
}

std::string table_arm_of(const std::string& strategy, bool has_language_model) {
  return strategy == "llmnas" && !has_language_model ? "llmnas-offline" : strategy;
}

std::vector<TableArm> chosen_arms(const std::vector<std::string>& names, const SearchRequest& request) {
  const bool answered = request.llm.answers();
  std::vector<std::string> known;
  for (const TableArm& arm : table_arms()) known.push_back(arm.name);
  for (const auto& name : names) {
    if (table_arms()[find_name("strategy", name, known)].language_model && !answered) {
      throw ConfigError(
          fmt::format("strategy {} asks a language model: give --llm server, local, file or replay; without one take "
                      "llmnas-offline",
                      name));
    }
  }
  std::vector<TableArm> chosen;
  for (TableArm arm : table_arms()) {
    const bool named = std::find(names.begin(), names.end(), arm.name) != names.end();
    if (names.empty() ? arm.group == "other" : !named) continue;
    if (!request.niches.empty() && arm.group == "strategy") arm.partition = request.niches;
    const std::int64_t spent = arm.predictor ? request.predictor_cells : 0;
    arm.row.name = arm.name;
    arm.row.title = arm.title;
    arm.row.group = arm.group == "other" ? "baseline" : arm.group;
    arm.row.source = arm.source;
    arm.row.language_model = arm.language_model;
    arm.row.accuracy = arm.predictor && request.predictor_cells > 0 ? "predictor" : "validation";
    arm.row.partition = arm.partition;
    arm.row.settings =
        find_strategy(arm.strategy).settings(static_cast<std::size_t>(request.budget - spent), /*is_costly=*/false);
    if (arm.language_model && arm.strategy == "llmnas") arm.row.settings["knowledge_base"] = arm.knowledge;
    if (arm.language_model && !answered) {
      arm.row.status = kNotMeasured;
      arm.row.reason = "no language model was asked: --llm none";
    }
    chosen.push_back(arm);
  }
  return chosen;
}

}  // namespace flnas::searches
