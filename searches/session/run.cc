#include "searches/session/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/one_line.h"
#include "harness/base/parallel.h"
#include "searches/llm/architecture_prompt.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

Json settings_of(const CommonRequest& request, const Problem& problem, const SearchRun& run, const Searched& searched) {
  const Configuration& configuration = run.configuration;
  Json settings = {{"strategy", configuration.strategy},
                   {"seed", run.seed},
                   {"attempts", request.attempts},
                   {"space", searched.space->name()}};
  settings["strategy_settings"] =
      find_strategy(configuration.strategy).settings(searched.limits.budget, searched.evaluator->is_costly());
  if (configuration.asks) settings.update(request.llm.settings());
  settings.update(problem.settings(run));
  return settings;
}

LlmSettings llm_settings_of(const CommonRequest& request, const Configuration& configuration) {
  LlmSettings settings = llm_settings(request);
  settings.knowledge = configuration.knowledge;
  settings.emphasis = configuration.emphasis;
  return settings;
}

/// The problem's, or of a template that the user gave.
std::function<ChatMessages(const Turn&)> question_of(const CommonRequest& request, const Problem& problem,
                                                     const SearchRun& run, const Searched& searched) {
  auto question = problem.question(run);
  if (question || request.llm.prompt.empty()) return question;
  return [prompt = PromptTemplate::load(request.llm.prompt), searched](const Turn& turn) {
    return architecture_question(prompt, *searched.space, *searched.evaluator, turn);
  };
}

}  // namespace

SearchChat& SessionChats::of(const fs::path& folder) {
  if (!chat_ || folder != folder_) {
    chat_ = std::make_unique<SearchChat>(request_.llm, folder, request_.llm.llm == "server" ? request_.calls : 1);
    folder_ = folder;
  }
  return *chat_;
}

void require_possible(const SearchPlan& plan, SessionChats& chats) {
  const CommonRequest& request = plan.request;
  bool any = false;
  for (const Configuration& configuration : plan.configurations) {
    if (!configuration.missing.empty()) continue;
    if (find_strategy(configuration.strategy).needs_language_model && !request.llm.answers()) {
      throw ConfigError(fmt::format("strategy {} asks a language model: give --llm server, local, file or replay",
                                    configuration.strategy));
    }
    any |= configuration.asks;
  }
  if (any) chats.of(request.out);
  if (request.llm.answers() && !any) {
    throw ConfigError(fmt::format("--llm {}: none of these strategies asks a language model", request.llm.llm));
  }
}

RunEnd run_one(const CommonRequest& request, const Problem& problem, const SearchRun& run, RunStore& store,
               SearchChat* chat) {
  const Searched searched = problem.open(run);
  const LlmSettings llm_settings = llm_settings_of(request, run.configuration);
  std::optional<LlmCaller> llm;
  if (chat != nullptr) llm.emplace(chat->client(), llm_settings, run.seed);
  const auto strategy =
      make_strategy(run.configuration.strategy, {.space = *searched.space,
                                                 .evaluator = *searched.evaluator,
                                                 .budget = searched.limits.budget,
                                                 .seed = run.seed,
                                                 .latency_limit_us = problem.latency_limit_us(),
                                                 .llm = llm ? &*llm : nullptr,
                                                 .llm_settings = llm_settings,
                                                 .question = question_of(request, problem, run, searched)});
  auto [archive, before] = store.begin(run, settings_of(request, problem, run, searched));
  searched.evaluator->preload(before);
  const auto start = std::chrono::steady_clock::now();
  const auto end = [&](const SearchOutcome& outcome) {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return store.end(run, {.history = archive.history(),
                           .searched = searched,
                           .outcome = outcome,
                           .seconds = seconds.count(),
                           .chat = llm ? std::optional(llm->use()) : std::nullopt,
                           .ledger = chat != nullptr ? chat->ledger() : Json(nullptr)});
  };
  SearchLimits limits = searched.limits;
  limits.attempts = request.attempts;
  SearchOutcome outcome;
  try {
    outcome = run_search(*strategy, *searched.space, *searched.evaluator, archive, limits,
                         [&](const Evaluation& evaluation) { problem.show(run, evaluation); });
  } catch (const std::exception& error) {
    outcome.reason = one_line(error);
    outcome.failure = std::current_exception();
    end(outcome);
    throw;
  }
  return {end(outcome), outcome.failure};
}

void run_all(const SearchPlan& plan, const Problem& problem, RunStore& store, SessionChats& chats,
             const std::function<void(const SearchRun&, const RunEnd&)>& ended) {
  const auto run_open = [&](std::uint64_t seed, const Configuration& configuration) {
    const SearchRun run{configuration, seed, store.folder(configuration, seed)};
    if (!configuration.missing.empty() || store.is_done(run)) return;
    SearchChat* chat = configuration.asks ? &chats.of(run.folder) : nullptr;
    const RunEnd end = run_one(plan.request, problem, run, store, chat);
    if (!end.record.is_null()) ended(run, end);
    if (chat != nullptr) store.flush();
  };
  const bool at_once = problem.threads() != 1;
  const auto run_seed = [&](std::size_t s) {
    for (const Configuration& configuration : plan.configurations) {
      if (!at_once || !configuration.asks) run_open(plan.seeds[s], configuration);
    }
    store.flush();
  };
  if (!at_once) {
    for (std::size_t s = 0; s < plan.seeds.size(); ++s) run_seed(s);
    return;
  }
  parallel_for(plan.seeds.size(), problem.threads(), problem.name(), [&] { return run_seed; });
  for (const std::uint64_t seed : plan.seeds) {
    for (const Configuration& configuration : plan.configurations) {
      if (configuration.asks) run_open(seed, configuration);
    }
  }
}

}  // namespace flnas::searches
