#include "searches/session/run_arm.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/system.h"
#include "harness/records/digest.h"
#include "searches/core/search.h"
#include "searches/session/search_chat.h"
#include "searches/session/search_files.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kArchive[] = "archive.jsonl";

Json settings_of(const SearchRequest& request, const Problem& problem, const SearchArm& arm, bool is_costly) {
  const StrategyEntry& entry = find_strategy(arm.strategy);
  Json settings = {{"strategy", arm.strategy},
                   {"seed", arm.seed},
                   {"attempts", request.attempts},
                   {"space", problem.space().name()}};
  settings["strategy_settings"] = entry.settings(static_cast<std::size_t>(request.budget), is_costly);
  if (arm.asks) settings.update(request.llm.settings());
  settings.update(problem.settings(arm));
  return settings;
}

std::unique_ptr<SearchChat> chat_of(const SearchRequest& request, const SearchArm& arm) {
  if (!arm.asks) return nullptr;
  return std::make_unique<SearchChat>(request.llm, arm.folder, request.llm.llm == "server" ? request.calls : 1);
}

/// The record as the search begins. Throws ConfigError where the folder holds another search.
Json begun(const SearchRequest& request, const Problem& problem, const SearchArm& arm, bool is_costly,
           const std::string& command) {
  Json record = problem.header();
  record["status"] = "running";
  record["reason"] = "not finished; the same command continues it";
  record["command"] = command;
  record["started"] = utc_now();
  record["finished"] = nullptr;
  record["name"] = arm.name;
  record["iterations"] = request.budget;
  record["settings"] = settings_of(request, problem, arm, is_costly);
  record["environment"] = {{"machine", describe_machine()}, {"build", describe_build()}};
  if (const fs::path file = arm.folder / problem.record_file(); fs::exists(file)) {
    const Json found = read_json(file);
    require_same_settings(arm.folder, found.value("settings", Json::object()), record["settings"]);
    record["started"] = found.value("started", record["started"]);
  } else if (fs::exists(arm.folder / kArchive)) {
    throw ConfigError(fmt::format("{}: holds an archive without its {}; choose another --out", arm.folder.string(),
                                  problem.record_file()));
  }
  return record;
}

}  // namespace

void require_possible(const SearchRequest& request, const std::vector<SearchArm>& arms) {
  bool any = false;
  for (SearchArm arm : arms) {
    const StrategyEntry& entry = find_strategy(arm.strategy);
    if (entry.needs_language_model && !request.llm.answers()) {
      throw ConfigError(
          fmt::format("strategy {} asks a language model: give --llm server, local, file or replay", arm.strategy));
    }
    any |= arm.asks;
    arm.folder = request.out;
    chat_of(request, arm);
  }
  if (request.llm.answers() && !any) {
    throw ConfigError(fmt::format("--llm {}: none of these strategies asks a language model", request.llm.llm));
  }
}

SearchEnd run_arm(const SearchRequest& request, const Problem& problem, const SearchArm& arm, Evaluator& evaluator,
                  const std::string& command) {
  Json record = begun(request, problem, arm, evaluator.is_costly(), command);
  const std::unique_ptr<SearchChat> chat = chat_of(request, arm);
  const LlmSettings llm_settings = searches::llm_settings(request);
  std::unique_ptr<LlmCaller> llm;
  if (chat) llm = std::make_unique<LlmCaller>(chat->client(), llm_settings, arm.seed);
  const auto strategy = make_strategy(arm.strategy, {.space = problem.space(),
                                                     .evaluator = evaluator,
                                                     .budget = static_cast<std::size_t>(request.budget),
                                                     .seed = arm.seed,
                                                     .latency_limit_us = problem.latency_limit_us(),
                                                     .llm = llm.get(),
                                                     .llm_settings = llm_settings,
                                                     .question = problem.question(arm, evaluator)});
  const fs::path file = arm.folder / problem.record_file();
  write_with_digest(file, record);
  const History before = read_history(arm.folder / kArchive);
  evaluator.preload(before);
  Archive archive(arm.folder / kArchive);
  const auto start = std::chrono::steady_clock::now();
  const auto stand = [&](const std::string& status, const std::string& reason, int turns) {
    record["status"] = status;
    record["reason"] = reason;
    record["turns"] = turns;
    record["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (chat) record["ledger"] = chat->ledger();
    problem.summarise(record, archive.history());
  };
  const auto write = [&] {
    record["files"] = search_file_hashes(arm.folder, archive.history(), record);
    write_with_digest(file, record);
  };
  try {
    const SearchOutcome outcome =
        run_search(*strategy, problem.space(), evaluator, archive,
                   {.budget = static_cast<std::size_t>(request.budget), .attempts = request.attempts},
                   [&](const Evaluation& evaluation) { problem.show(arm, evaluation); });
    stand(outcome.reason.empty() ? "finished" : "stopped", outcome.reason, outcome.turns);
    if (outcome.failure) {
      write();
      return {record, outcome.failure};
    }
    const std::size_t all = archive.history().evaluations.size();
    const std::size_t done = all - std::min(all, before.evaluations.size());
    record["overhead_ms_per_design"] =
        done == 0 ? Json(nullptr) : Json(1e3 * outcome.overhead_seconds / static_cast<double>(done));
  } catch (const std::exception& error) {
    stand("stopped", error.what(), 0);
    write();
    throw;
  }
  problem.finish(record, arm, archive.history(), evaluator);
  record["finished"] = utc_now();
  write();
  return {record, nullptr};
}

}  // namespace flnas::searches
