#include "searches/session/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/records/digest.h"
#include "harness/records/record.h"
#include "searches/core/summary.h"
#include "searches/session/completed.h"
#include "searches/session/run_arm.h"
#include "searches/session/spaces.h"
#include "searches/session/table_arms.h"
#include "searches/session/table_session.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

SearchResult on_tables(const SearchRequest& request, const std::vector<std::string>& arms, int seeds,
                       const std::string& command) {
  const NasSearchRecord record = run_table_searches(request, arms, seeds, command);
  SearchResult result{.record = record_to_json(record), .text = table_search_text(record), .problems = {}};
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.status == kPassed) continue;
      result.problems.push_back(fmt::format("{} on {}, {}, seed {}: {}", pair.dataset, pair.device, search.strategy,
                                            search.seed, search.reason));
    }
  }
  return result;
}

void add_problem(SearchResult& result, const std::string& name, const Json& record) {
  if (record["status"] == "finished") return;
  result.problems.push_back(fmt::format("{} ended early: {}", name, record["reason"].get<std::string>()));
}

SearchArm make_arm(const SearchRequest& request, const std::string& name, const std::string& strategy) {
  SearchArm arm;
  arm.name = name;
  arm.strategy = strategy;
  arm.asks = request.llm.answers() && find_strategy(strategy).takes_language_model;
  return arm;
}

SearchResult run_alone(const SearchRequest& request, const Problem& problem, const std::string& command) {
  SearchArm arm = make_arm(request, request.strategy, request.strategy);
  arm.seed = request.seed();
  arm.folder = request.out;
  require_possible(request, {arm});
  const auto evaluator = problem.evaluator(request.out, request.seed());
  const auto [record, failure] = run_arm(request, problem, arm, *evaluator, command);
  if (failure) std::rethrow_exception(failure);
  SearchResult result{.record = record, .text = problem.text(record, request.out), .problems = {}};
  add_problem(result, arm.name, record);
  return result;
}

/// All arms with all seeds, in OUT/seed-N/ARM, and OUT/comparison.json.
SearchResult run_all(const SearchRequest& request, const Problem& problem, const std::vector<SearchArm>& arms,
                     int seeds, const std::string& command) {
  if (problem.rule() == nullptr) {
    throw ConfigError(fmt::format("space {} has no accuracy and fairness to compare by; run the strategies one by one",
                                  request.space));
  }
  require_possible(request, arms);
  std::vector<Arm> done;
  SearchResult result;
  for (int i = 0; i < seeds; ++i) {
    const std::uint64_t seed = request.seed() + static_cast<std::uint64_t>(i);
    const fs::path folder = request.out / fmt::format("seed-{}", seed);
    const auto evaluator = problem.evaluator(folder, seed);
    for (SearchArm arm : arms) {
      arm.seed = seed;
      arm.folder = folder / arm.name;
      // An arm that no server replies to leaves the others theirs; the same command continues it.
      const auto [record, failure] = run_arm(request, problem, arm, *evaluator, command);
      add_problem(result, fmt::format("{}, seed {}", arm.name, seed), record);
      const bool reported = record.contains("reported") && !record["reported"].empty();
      done.push_back({.name = arm.name,
                      .seed = seed,
                      .history = read_history(arm.folder / "archive.jsonl"),
                      .test = reported ? record["reported"][0]["test"] : Json(nullptr),
                      .finished = record["status"] == "finished",
                      .reason = record["reason"].get<std::string>(),
                      .asks = arm.asks});
    }
  }
  result.record = {{"schema", kRecordSchema}, {"kind", "comparison"}, {"command", command}};
  result.record.update(compare(done, *problem.rule()));
  write_with_digest(request.out / "comparison.json", result.record);
  result.text = comparison_text(result.record);
  return result;
}

/// FL-NAS's prompt as it is, and without one part each; fairness at two lower levels of detail.
std::vector<SearchArm> prompt_ablation(const SearchRequest& request) {
  std::vector<SearchArm> arms;
  for (const char* name :
       {"full", "brief-fairness", "no-fairness", "no-hardware", "no-metrics", "no-groups", "no-history"}) {
    arms.push_back(make_arm(request, name, "flnas"));
  }
  arms[1].parts.fairness = "brief";
  arms[2].parts.fairness = "none";
  arms[3].parts.hardware = false;
  arms[4].parts.metrics = false;
  arms[5].parts.groups = false;
  arms[6].parts.history = false;
  return arms;
}

void require_seeds(int seeds) {
  if (seeds < 1) throw ConfigError("--seeds must be at least 1");
}

/// Throws ConfigError for settings of a language model that the strategy does not ask.
void require_llm_is_meant(const SearchRequest& request) {
  const StrategyEntry& entry = find_strategy(request.strategy);
  const bool changed = arguments_of(request.llm) != arguments_of(LlmRequest{});
  if (entry.takes_language_model || !changed) return;
  throw ConfigError(fmt::format("strategy {} asks no language model: leave out {}", request.strategy,
                                fmt::join(arguments_of(request.llm), " ")));
}

}  // namespace

std::string search_command(const SearchRequest& request) {
  std::vector<std::string> words = {"flnas", "search", request.strategy};
  for (auto& word : arguments_of(request)) words.push_back(std::move(word));
  return command_line(words);
}

SearchResult run_one_search(const SearchRequest& given) {
  find_strategy(given.strategy);
  const SearchRequest request = completed(given);
  require_llm_is_meant(request);
  const std::string command = search_command(given);
  const SpaceEntry& space = find_space(request.space);
  if (space.open) return run_alone(request, *space.open(request, command), command);
  return on_tables(request, {table_arm_of(request.strategy, request.llm.answers())}, 1, command);
}

SearchResult compare_searches(const CompareRequest& given) {
  require_seeds(given.seeds);
  const SearchRequest request = completed(given.search);
  const std::string command = command_of(given);
  const SpaceEntry& space = find_space(request.space);
  if (!space.open) return on_tables(request, given.strategies, given.seeds, command);
  auto names = given.strategies;
  if (names.empty()) names = {"evolution", "random", "fahana"};
  std::vector<SearchArm> arms;
  for (const auto& name : names) {
    arms.push_back(make_arm(request, name, name));
  }
  return run_all(request, *space.open(request, command), arms, given.seeds, command);
}

SearchResult ablate(const AblateRequest& given) {
  require_seeds(given.seeds);
  const SearchRequest request = completed(given.search);
  const std::string command = command_of(given);
  const SpaceEntry& space = find_space(request.space);
  if (space.open)
    return run_all(request, *space.open(request, command), prompt_ablation(request), given.seeds, command);
  std::vector<std::string> arms;
  for (const TableArm& arm : table_arms()) {
    const bool can_run = !arm.language_model || request.llm.answers();
    if (can_run && (arm.group == "ablation" || arm.group == "strategy")) arms.push_back(arm.name);
  }
  return on_tables(request, arms, given.seeds, command);
}

Json list_spaces() {
  Json rows = Json::array();
  for (const SpaceEntry& space : space_entries()) {
    rows.push_back(
        {{"name", space.name}, {"holds", space.holds}, {"evaluator", space.evaluator}, {"needs", space.needs}});
  }
  return rows;
}

Json list_strategies() {
  Json rows = Json::array();
  for (const StrategyEntry& entry : strategy_entries()) {
    std::vector<std::string> needs;
    if (entry.needs_language_model) needs.emplace_back("a language model (--llm)");
    if (entry.needs_tokens) needs.emplace_back("a space with a token sequence");
    if (entry.needs_prior) needs.emplace_back("a space that says which part of it is sensible");
    if (entry.needs_accuracy) needs.emplace_back("an evaluator that tells an accuracy");
    if (entry.takes_language_model && !entry.needs_language_model) needs.emplace_back("a language model, or none");
    rows.push_back({{"name", entry.name}, {"title", entry.title}, {"source", entry.source}, {"needs", needs}});
  }
  return rows;
}

}  // namespace flnas::searches
