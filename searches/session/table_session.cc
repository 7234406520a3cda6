#include "searches/session/table_session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>

#include "datasets/images/cache_folder.h"
#include "datasets/images/parallel.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "searches/session/pair_searches.h"
#include "searches/session/search_chat.h"
#include "searches/spaces/nas_bench_201/cell_costs.h"
#include "searches/spaces/nas_bench_201/predicted_ranks.h"

namespace flnas::searches {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The names asked for, checked; all of them where none is.
std::vector<std::string> chosen(const char* kind, const std::vector<std::string>& asked,
                                const std::vector<std::string>& valid) {
  for (const auto& name : asked) find_name(kind, name, valid);
  return asked.empty() ? valid : asked;
}

void require_budget(const SearchRequest& request) {
  find_name("--cost", request.cost, {"latency", "energy"});
  if (request.budget <= request.predictor_cells || request.predictor_cells < 0) {
    throw ConfigError(fmt::format("--budget {} leaves nothing to search with after --predictor-cells {}",
                                  request.budget, request.predictor_cells));
  }
}

/// What the searches of a folder have in common: a continuation with another one of these is another search.
Json settings_of(const SearchRequest& request, const std::string& tables) {
  Json settings = {{"tables", tables},         {"cost", request.cost},
                   {"budget", request.budget}, {"predictor_cells", request.predictor_cells},
                   {"niches", request.niches}, {"attempts", request.attempts}};
  settings.update(request.llm.settings());
  return settings;
}

/// What is the same for all data sets.
class TableSession {
 public:
  TableSession(const SearchRequest& request, const std::vector<std::string>& arms, int seeds, std::string command)
      : request_(request),
        command_(std::move(command)),
        table_(NasTable::open(request.tables, cache_folder())),
        connected_(connected_cells(table_)),
        niches_(convolution_partition()),
        searches_{.request = request, .arms = {}, .seeds = {}, .settings = settings_of(request, table_.sha256())} {
    require_budget(request);
    for (int i = 0; i < seeds; ++i) searches_.seeds.push_back(request.seed() + static_cast<std::uint64_t>(i));
    searches_.arms = chosen_arms(arms, request);
    if (!request.target.empty()) devices_ = split(request.target, ',');
    if (!request.llm.answers()) return;
    chat_ = std::make_unique<SearchChat>(request.llm, request.out, request.calls);
    searches_.chat = &chat_->client();
  }

  NasSearchRecord run();

 private:
  NasSearchRecord header() const;
  std::vector<PredictedAccuracy> predictors(const NasSearchView& view) const;
  void run_dataset(const std::string& dataset, NasSearchRecord& record);
  NasPair run_pair(const NasSearchView& view, const std::string& device,
                   const std::vector<PredictedAccuracy>& predictors) const;
  NasRawFiles raw_files() const;

  const SearchRequest& request_;
  std::string command_;
  std::vector<std::string> devices_;  ///< blank: all
  NasTable table_;
  std::vector<Candidate> connected_;
  Partition niches_;
  TableSearches searches_;
  std::unique_ptr<SearchChat> chat_;
  std::vector<PredictedRanks> ranks_;  ///< of all predictors, in the record's order
};

NasSearchRecord TableSession::header() const {
  NasSearchRecord record;
  record.command = command_;
  record.started = utc_now();
  record.table = {.name = table_.info().name,
                  .note = table_.info().note,
                  .sha256 = table_.sha256(),
                  .cells = static_cast<std::int64_t>(table_.info().cells),
                  .published = table_.info().cells == kNasCells};
  record.cost = request_.cost;
  record.budget = request_.budget;
  record.predictor_cells = request_.predictor_cells;
  record.fronts = kFrontsOfEvaluated;
  record.seeds = searches_.seeds;
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
  for (const TableArm& arm : searches_.arms) record.strategies.push_back(arm.row);
  return record;
}

std::vector<PredictedAccuracy> TableSession::predictors(const NasSearchView& view) const {
  const auto& seeds = searches_.seeds;
  std::vector<PredictedAccuracy> predictors(request_.predictor_cells > 0 ? seeds.size() : 0);
  parallel_for(predictors.size(), request_.jobs, view.dataset() + ": predictors", [&] {
    return [&](std::size_t i) {
      predictors[i] = predict_accuracy(view, connected_, static_cast<std::size_t>(request_.predictor_cells), seeds[i]);
    };
  });
  return predictors;
}

NasPair TableSession::run_pair(const NasSearchView& view, const std::string& device,
                               const std::vector<PredictedAccuracy>& predictors) const {
  const CellProblem problem = make_problem(table_, connected_, view, device, request_.cost);
  const Scorer scorer = make_scorer(problem, table_.scores(view.dataset()), view, niches_);
  NasPair pair = scorer.describe();
  pair.searches = search_pair(searches_, problem, view, predictors, scorer);
  std::set<std::int64_t> cells;
  for (const auto& search : pair.searches) cells.insert(search.front.begin(), search.front.end());
  for (const std::int64_t cell : cells) pair.points.push_back(scorer.point(static_cast<Candidate>(cell)));
  return pair;
}

void TableSession::run_dataset(const std::string& dataset, NasSearchRecord& record) {
  NasSearchView view = table_.search_view(dataset);
  if (const auto added = add_cell_costs(view); !added.empty())
    fmt::print(stderr, "{}: the tables lack {}: computed from the cells\n", dataset, fmt::join(added, " and "));
  const NasScores scores = table_.scores(dataset);
  record.search_schedule = fmt::format("validation accuracy after {} epochs", view.epochs());
  record.final_schedule = fmt::format("test accuracy after {} epochs", scores.epochs);
  const auto predicted = predictors(view);
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const std::uint64_t seed = searches_.seeds[i];
    record.predictors.push_back(score_predictor(predicted[i], view, scores, connected_, seed));
    ranks_.push_back(ranks_of(predicted[i], dataset, seed));
  }
  for (const auto& device : chosen("device", devices_, view.devices())) {
    // A device without figures for energy is left out where all devices are asked for.
    if (devices_.empty() && !view.has_cost(device, request_.cost)) continue;
    record.pairs.push_back(run_pair(view, device, predicted));
  }
}

NasRawFiles TableSession::raw_files() const {
  namespace fs = std::filesystem;
  NasRawFiles raw;
  raw.tables = request_.tables.string();
  if (!ranks_.empty()) write_ranks(request_.out / kRanksFile, ranks_);
  const auto add = [&](const fs::path& file) {
    if (fs::is_regular_file(file)) raw.files[fs::relative(file, request_.out).string()] = sha256_file(file);
  };
  if (!ranks_.empty()) add(request_.out / kRanksFile);
  for (const char* name : {"exchanges.jsonl", "ledger.jsonl"}) add(request_.out / name);
  for (const char* name : {"searches", "exchange"}) {
    if (!fs::is_directory(request_.out / name)) continue;
    for (const auto& entry : fs::directory_iterator(request_.out / name)) add(entry.path());
  }
  return raw;
}

NasSearchRecord TableSession::run() {
  const auto start = std::chrono::steady_clock::now();
  const auto datasets = chosen("data set", request_.datasets, table_.datasets());
  NasSearchRecord record = header();
  for (const auto& dataset : datasets) run_dataset(dataset, record);
  if (record.pairs.empty())
    throw ConfigError(fmt::format("no device of these tables has figures for {}", request_.cost));
  if (chat_) record.ledger = chat_->ledger();
  record.raw = raw_files();
  record.seconds = seconds_since(start);
  record.finished = utc_now();
  write_nas_search(request_.out / "nas_search.json", record);
  return record;
}

}  // namespace

NasSearchRecord run_table_searches(const SearchRequest& request, const std::vector<std::string>& arms, int seeds,
                                   const std::string& command) {
  return TableSession(request, arms, seeds, command).run();
}

}  // namespace flnas::searches
