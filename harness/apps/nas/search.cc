#include "harness/apps/nas/search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>

#include "datasets/cache_folder.h"
#include "datasets/parallel.h"
#include "harness/apps/nas/search_store.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/system.h"
#include "searches/llmnas/cell_costs.h"
#include "searches/llmnas/strategies.h"

namespace flnas::apps {
namespace {

using namespace searches;
using namespace searches::llmnas;

constexpr std::size_t kCurvePoints = 20;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The names asked for, checked; all of them where none is.
std::vector<std::string> chosen(const char* kind, const std::vector<std::string>& asked,
                                const std::vector<std::string>& valid) {
  for (const auto& name : asked) find_name(kind, name, valid);
  return asked.empty() ? valid : asked;
}

/// What is the same for all data sets.
class NasSession {
 public:
  explicit NasSession(const NasSearchRequest& request)
      : request_(request),
        table_(NasTable::open(request.tables, cache_folder())),
        connected_(connected_cells(table_)),
        niches_(convolution_partition()) {
    find_name("--cost", request.cost, {"latency", "energy"});
    if (request.seeds < 1 || request.calls < 1 || request.attempts < 1)
      throw ConfigError("--seeds, --calls and --attempts must be at least 1");
    if (request.budget <= request.predictor_cells || request.predictor_cells < 0) {
      throw ConfigError(fmt::format("--budget {} leaves nothing to search with after --predictor-cells {}",
                                    request.budget, request.predictor_cells));
    }
    for (std::int64_t i = 0; i < request.seeds; ++i) seeds_.push_back(request.seed + static_cast<std::uint64_t>(i));
    choose_strategies();
    if (request.designer != "none") {
      ChatRequestOptions chat = request.chat;
      if (request.designer == "llm" && chat.record.empty()) chat.record = request.out / "exchanges.jsonl";
      chat.require_for(request.designer);
      chat_ = std::make_unique<SearchChat>(request.designer, chat, request.out, request.calls);
    }
  }

  NasSearchRecord run();

 private:
  struct Arm {
    Strategy strategy;
    NasStrategy row;
  };

  void choose_strategies() {
    for (const auto& name : request_.strategies) {
      if (find_strategy(name).language_model && request_.designer == "none") {
        throw ConfigError(fmt::format(
            "strategy {} asks a language model: give --designer llm, file or replay; without one take llmnas-offline",
            name));
      }
    }
    for (const Strategy& known : llmnas::strategies()) {
      const auto& asked = request_.strategies;
      if (!asked.empty() && std::find(asked.begin(), asked.end(), known.name) == asked.end()) continue;
      Strategy strategy = known;
      if (!request_.niches.empty() && strategy.group == "strategy") strategy.partition = request_.niches;
      const std::int64_t spent = strategy.predictor ? request_.predictor_cells : 0;
      NasStrategy row = describe(strategy, static_cast<std::size_t>(request_.budget - spent));
      if (request_.predictor_cells == 0) row.accuracy = "validation";
      if (strategy.language_model && request_.designer == "none") {
        row.status = kNotMeasured;
        row.reason = "nobody answers in the place of a language model: --designer none";
      }
      arms_.push_back({strategy, row});
    }
  }

  Json settings() const;
  NasSearchRecord header() const;
  void run_dataset(const std::string& dataset, NasSearchRecord& record);
  NasSearchResult search(const Arm& arm, std::uint64_t seed, const CellProblem& problem,
                         const PredictedAccuracy* predicted, const Partition& partition, const Scorer& scorer);

  const NasSearchRequest& request_;
  NasTable table_;
  std::vector<Candidate> connected_;
  Partition niches_;
  std::vector<std::uint64_t> seeds_;
  std::vector<Arm> arms_;
  std::unique_ptr<SearchChat> chat_;
};

/// What the searches of a folder have in common: a continuation with another one of these is another search.
Json NasSession::settings() const {
  Json settings = {{"tables", table_.sha256()},    {"cost", request_.cost},
                   {"budget", request_.budget},    {"predictor_cells", request_.predictor_cells},
                   {"niches", request_.niches},    {"attempts", request_.attempts},
                   {"designer", request_.designer}};
  if (request_.designer != "none") settings.update(request_.chat.settings(request_.designer));
  return settings;
}

NasSearchRecord NasSession::header() const {
  NasSearchRecord record;
  record.command = request_.command;
  record.started = utc_now();
  record.table = {.name = table_.info().name,
                  .note = table_.info().note,
                  .sha256 = table_.sha256(),
                  .cells = static_cast<std::int64_t>(table_.info().cells),
                  .published = table_.info().cells == kNasCells};
  record.cost = request_.cost;
  record.budget = request_.budget;
  record.predictor_cells = request_.predictor_cells;
  record.seeds = seeds_;
  record.normalisation =
      "cost and test error (percent), each scaled to 0..1 by its least and largest value over all candidates of the "
      "data set and "
      "device; disconnected and unmeasurable cells are no candidates";
  record.environment = {{"machine", describe_machine()},
                        {"build", describe_build()},
                        {"xgboost", xgboost_version()},
                        {"jobs", request_.jobs}};
  for (std::size_t niche = 0; niche < niches_.niches.size(); ++niche) {
    const auto count = std::count_if(niches_.niche_of.begin(), niches_.niche_of.end(),
                                     [&](auto n) { return n == static_cast<int>(niche); });
    record.niches.push_back({niches_.niches[niche], count});
  }
  for (const Arm& arm : arms_) record.strategies.push_back(arm.row);
  return record;
}

NasSearchResult NasSession::search(const Arm& arm, std::uint64_t seed, const CellProblem& problem,
                                   const PredictedAccuracy* predicted, const Partition& partition,
                                   const Scorer& scorer) {
  LlmProposerSettings settings;
  settings.model = request_.chat.model;
  settings.temperature = request_.chat.temperature;
  settings.max_tokens = request_.chat.max_tokens;
  settings.attempts = request_.attempts;
  settings.at_once = request_.calls;
  const bool predicts = arm.strategy.predictor && predicted != nullptr;
  const auto spent = static_cast<std::size_t>(predicts ? request_.predictor_cells : 0);
  const CellProblem* searched = &problem;
  CellProblem with_predictions;
  if (predicts) {
    with_predictions = problem;
    with_predictions.accuracy = predicted->accuracy;
    searched = &with_predictions;
  }
  SearchRun run = run_strategy(arm.strategy, *searched, partition, static_cast<std::size_t>(request_.budget) - spent,
                               seed, chat_ ? &chat_->client() : nullptr, settings);
  run.trace.spent_before = spent;
  NasSearchResult result;
  result.strategy = arm.strategy.name;
  result.seed = seed;
  result.evaluations = static_cast<std::int64_t>(spent + run.trace.order.size());
  result.proposals = run.proposals;
  result.repeated = run.repeated;
  result.invalid = run.invalid;
  result.seconds = run.seconds;
  if (!run.reason.empty()) result.status = kFailed, result.reason = run.reason;
  if (run.chat) {
    result.chat = NasChatUse{.calls = run.chat->calls,
                             .knowledge_calls = run.chat->knowledge_calls,
                             .retries = run.chat->retries,
                             .prompt_tokens = run.chat->prompt_tokens,
                             .completion_tokens = run.chat->completion_tokens,
                             .waiting_seconds = run.chat->seconds,
                             .sources = {run.chat->sources.begin(), run.chat->sources.end()},
                             .models = {run.chat->models.begin(), run.chat->models.end()}};
  }
  scorer.score(run.trace, kCurvePoints, result);
  return result;
}

void NasSession::run_dataset(const std::string& dataset, NasSearchRecord& record) {
  NasSearchView view = table_.search_view(dataset);
  if (const auto added = add_cell_costs(view); !added.empty())
    fmt::print(stderr, "{}: the tables lack {}: computed from the cells\n", dataset, fmt::join(added, " and "));
  const NasScores scores = table_.scores(dataset);
  record.search_schedule = fmt::format("validation accuracy after {} epochs", view.epochs());
  record.final_schedule = fmt::format("test accuracy after {} epochs", scores.epochs);
  std::vector<PredictedAccuracy> predictors(request_.predictor_cells > 0 ? seeds_.size() : 0);
  parallel_for(predictors.size(), request_.jobs, dataset + ": predictors", [&] {
    return [&](std::size_t i) {
      predictors[i] = predict_accuracy(view, connected_, static_cast<std::size_t>(request_.predictor_cells), seeds_[i]);
    };
  });
  for (std::size_t i = 0; i < predictors.size(); ++i) {
    record.predictors.push_back(score_predictor(predictors[i], view, scores, connected_, seeds_[i]));
  }
  for (const auto& device : chosen("device", request_.devices, view.devices())) {
    // A device without figures for energy is left out where all devices are asked for.
    if (request_.devices.empty() && !view.has_cost(device, request_.cost)) continue;
    std::map<std::pair<std::string, std::uint64_t>, Partition> partitions;
    const auto key = [](const Arm& arm, std::uint64_t seed) {
      return std::pair(arm.strategy.partition, arm.strategy.partition.rfind("random:", 0) == 0 ? seed : 0);
    };
    for (const Arm& arm : arms_) {
      for (const std::uint64_t seed : seeds_) {
        if (!partitions.contains(key(arm, seed)))
          partitions.emplace(key(arm, seed), make_partition(arm.strategy.partition, view, seed, device));
      }
    }
    const CellProblem problem = make_problem(table_, connected_, view, device, request_.cost);
    const auto energy = view.has_cost(device, "energy") ? std::optional(view.cost(device, "energy")) : std::nullopt;
    const Scorer scorer(problem, scores, view.cost(device, "latency"), energy, view.validation(), niches_);
    NasSearchStore store(request_.out / "searches" / fmt::format("{}-{}.jsonl", dataset, device), settings());
    const auto run_arm = [&](const Arm& arm, std::size_t s) {
      const PredictedAccuracy* predicted = predictors.empty() ? nullptr : &predictors[s];
      return search(arm, seeds_[s], problem, predicted, partitions.at(key(arm, seeds_[s])), scorer);
    };
    const auto is_open = [&](const Arm& arm, std::size_t s, bool language_model) {
      return arm.strategy.language_model == language_model && arm.row.status == kPassed &&
             store.find(arm.strategy.name, seeds_[s]) == nullptr;
    };
    parallel_for(seeds_.size(), request_.jobs, fmt::format("{} on {}", dataset, device), [&] {
      return [&](std::size_t s) {
        std::vector<NasSearchResult> done;
        for (const Arm& arm : arms_) {
          if (is_open(arm, s, false)) done.push_back(run_arm(arm, s));
        }
        store.add(done);
      };
    });
    for (std::size_t s = 0; s < seeds_.size(); ++s) {
      for (const Arm& arm : arms_) {
        if (is_open(arm, s, true)) store.add({run_arm(arm, s)});
      }
    }
    NasPair pair = scorer.describe();
    std::set<std::int64_t> cells;
    for (const Arm& arm : arms_) {
      for (const std::uint64_t seed : seeds_) {
        const NasSearchResult* found = store.find(arm.strategy.name, seed);
        if (found == nullptr) continue;
        pair.searches.push_back(*found);
        cells.insert(found->front.begin(), found->front.end());
      }
    }
    for (const std::int64_t cell : cells) pair.points.push_back(scorer.point(static_cast<Candidate>(cell)));
    record.pairs.push_back(std::move(pair));
  }
}

NasSearchRecord NasSession::run() {
  const auto start = std::chrono::steady_clock::now();
  const auto datasets = chosen("data set", request_.datasets, table_.datasets());
  NasSearchRecord record = header();
  for (const auto& dataset : datasets) run_dataset(dataset, record);
  if (record.pairs.empty())
    throw ConfigError(fmt::format("no device of these tables has figures for {}", request_.cost));
  if (chat_) record.ledger = chat_->ledger();
  record.seconds = seconds_since(start);
  record.finished = utc_now();
  write_nas_search(request_.out / "nas_search.json", record);
  return record;
}

}  // namespace

NasSearchRecord run_nas_search(const NasSearchRequest& request) { return NasSession(request).run(); }

}  // namespace flnas::apps
