#include "searches/session/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "datasets/example_word.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/folder_lock.h"
#include "harness/base/names.h"
#include "harness/metrics/metric_table.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/records/record.h"
#include "searches/core/summary.h"
#include "searches/session/completed.h"
#include "searches/session/configurations.h"
#include "searches/session/folder_runs.h"
#include "searches/session/run.h"
#include "searches/session/spaces.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

void add_problem(SearchResult& result, const std::string& name, const Json& record) {
  if (record["status"] == "finished") return;
  result.problems.push_back(fmt::format("{} ended early: {}", name, record["reason"].get<std::string>()));
}

/// A run that ended, in its folder.
struct Ended {
  SearchRun run;
  RunEnd end;
};

SearchResult run_alone(const Problem& problem, const Ended& ended, const TableForm& form) {
  if (ended.end.failure) std::rethrow_exception(ended.end.failure);
  const Json& record = ended.end.record;
  SearchResult result{.record = record, .text = problem.text(record, ended.run.folder, form), .problems = {}};
  add_problem(result, ended.run.configuration.name, record);
  return result;
}

/// OUT/comparison.json, of all runs in OUT/seed-N/NAME.
SearchResult compared(const SearchPlan& plan, const Problem& problem, const std::vector<Ended>& all) {
  std::vector<ComparedSearch> searches;
  SearchResult result;
  for (const auto& [run, end] : all) {
    const Json& record = end.record;
    add_problem(result, fmt::format("{}, seed {}", run.configuration.name, run.seed), record);
    const bool reported = record.contains("reported") && !record["reported"].empty();
    searches.push_back({.configuration = run.configuration.name,
                        .seed = run.seed,
                        .history = read_history(run.folder / kArchiveFile),
                        .test = reported ? record["reported"][0]["test"] : Json(nullptr),
                        .finished = record["status"] == "finished",
                        .reason = record["reason"].get<std::string>(),
                        .asks = run.configuration.asks});
  }
  result.record = {{"schema", kRecordSchema}, {"kind", "comparison"}, {"command", plan.command}};
  const Comparison comparison = compare(searches, *problem.rule());
  result.record.update(record_to_json(comparison));
  write_with_digest(plan.request.out / kComparisonFile, result.record);
  result.text = in_words_of(comparison_text(comparison, plan.tables), problem.example());
  return result;
}

/// Configurations x seeds x problems.
SearchResult run_session(const SearchPlan& plan) {
  const FolderLock lock(plan.request.out, "searching");
  SessionChats chats(plan.request);
  require_possible(plan, chats);
  const auto problems = find_evaluator(find_space(plan.request.space), plan.request.evaluator).open(plan);
  std::vector<Ended> ended;
  const auto add = [&](const SearchRun& run, const RunEnd& end) { ended.push_back({run, end}); };
  Problem* problem = nullptr;
  for (std::size_t i = 0; i < problems->size(); ++i) {
    problem = &problems->open(i);
    FolderRuns folders(plan, *problem);
    if (problem->store() == nullptr && !plan.is_alone && problem->rule() == nullptr) {
      throw ConfigError(
          fmt::format("space {} by {} has no accuracy and fairness to compare by; run the strategies one by one",
                      plan.request.space, plan.request.evaluator));
    }
    RunStore* store = problem->store();
    run_all(plan, *problem, store != nullptr ? *store : folders, chats, add);
  }
  if (auto result = problems->conclude(chats.ledger())) return *result;
  return plan.is_alone ? run_alone(*problem, ended.at(0), plan.tables) : compared(plan, *problem, ended);
}

/// The seeds of a comparison, from the request's on.
std::vector<std::uint64_t> seeds_of(const SearchRequest& request, int count) {
  if (count < 1) throw ConfigError("--seeds must be at least 1");
  std::vector<std::uint64_t> seeds;
  for (int i = 0; i < count; ++i) seeds.push_back(request.seed() + static_cast<std::uint64_t>(i));
  return seeds;
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

SearchResult run_one_search(const SearchRequest& given, const TableForm& form) {
  require_llm_is_meant(given);
  const SearchRequest request = completed(given);
  return run_session({.request = request,
                      .configurations = {single_configuration(request)},
                      .seeds = {request.seed()},
                      .command = search_command(given),
                      .tables = form});
}

SearchResult compare_searches(const CompareRequest& given, const TableForm& form) {
  const SearchRequest request = completed(given.search);
  return run_session({.request = request,
                      .configurations = compared_configurations(given.strategies, request),
                      .seeds = seeds_of(request, given.seeds),
                      .command = command_of(given),
                      .is_alone = false,
                      .tables = form});
}

SearchResult ablate(const AblateRequest& given, const TableForm& form) {
  const SearchRequest request = completed(given.search);
  return run_session({.request = request,
                      .configurations = ablated_configurations(request),
                      .seeds = seeds_of(request, given.seeds),
                      .command = command_of(given),
                      .is_alone = false,
                      .tables = form});
}

Json list_spaces() {
  Json rows = Json::array();
  for (const SpaceEntry& space : space_entries()) {
    std::vector<std::string> evaluators, needs;
    for (const EvaluatorEntry& evaluator : space.evaluators) {
      evaluators.push_back(evaluator.name);
      if (!evaluator.needs.empty()) needs.push_back(fmt::format("{}: {}", evaluator.name, evaluator.needs));
    }
    rows.push_back({{"name", space.name}, {"holds", space.holds}, {"evaluators", evaluators}, {"needs", needs}});
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

Json list_objectives() {
  Json rows = Json::array();
  for (const std::string& name : possible_objectives()) {
    const metrics::MetricInfo& metric = metrics::metric_info(name);
    const std::string interval = metric.interval.empty() ? "" : "interval: " + metric.interval;
    rows.push_back({{"name", name},
                    {"title", metric.title},
                    {"better", metric.lower_is_better ? "lower is better" : "higher is better"},
                    {"unit", metric.unit},
                    {"is", metric.meaning},
                    {"interval", interval}});
  }
  return rows;
}

}  // namespace flnas::searches
