#include "searches/spaces/nas_bench_201/tables/table_problems.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "datasets/images/cache_folder.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/base/parallel.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/records/files.h"
#include "searches/spaces/nas_bench_201/cell_costs.h"
#include "searches/spaces/nas_bench_201/predicted_ranks.h"
#include "searches/spaces/nas_bench_201/tables/table_problem.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

/// The names asked for, checked; all of them where none is.
std::vector<std::string> chosen(const char* kind, const std::vector<std::string>& asked,
                                const std::vector<std::string>& valid) {
  for (const auto& name : asked) find_name(kind, name, valid);
  return asked.empty() ? valid : asked;
}

void require_budget(const CommonRequest& request) {
  const auto& own = request.own.of<TableSettings>();
  find_name("--cost", own.cost, {"latency", "energy"});
  if (request.budget <= own.predictor_cells || own.predictor_cells < 0) {
    throw ConfigError(fmt::format("--budget {} leaves nothing to search with after --predictor-cells {}",
                                  request.budget, own.predictor_cells));
  }
}

/// What the searches of a folder have in common: a continuation with another one of these is another search.
Json settings_of(const CommonRequest& request, const std::string& tables) {
  const auto& own = request.own.of<TableSettings>();
  Json settings = {{"tables", tables},         {"cost", own.cost},
                   {"budget", request.budget}, {"predictor_cells", own.predictor_cells},
                   {"niches", request.niches}, {"attempts", request.attempts}};
  settings.update(request.llm.settings());
  return settings;
}

NasStrategy row_of(const Configuration& configuration) {
  return {.name = configuration.name,
          .title = configuration.title,
          .group = configuration.group == "other" ? "baseline" : configuration.group,
          .source = configuration.source,
          .language_model = configuration.asks,
          .accuracy = configuration.predictor ? "predictor" : "validation",
          .partition = configuration.niches,
          .status = configuration.missing.empty() ? kPassed : kNotMeasured,
          .reason = configuration.missing,
          .settings = configuration.settings};
}

/// A data set, and what its devices share.
struct Dataset {
  NasSearchView view;
  NasScores scores;
  std::vector<PredictedAccuracy> predictions;  ///< one for each seed, once a device is searched
};

class TableProblems : public ProblemSet {
 public:
  explicit TableProblems(const SearchPlan& plan)
      : plan_(plan),
        request_(plan.request),
        own_(request_.own.of<TableSettings>()),
        table_(NasTable::open(own_.tables, cache_folder())),
        connected_(connected_cells(table_)),
        niches_(convolution_partition()),
        settings_(settings_of(request_, table_.sha256())) {
    require_budget(request_);
    begin_record();
    for (const auto& dataset : chosen("data set", request_.own.of<CellSettings>().datasets, table_.datasets()))
      add(dataset);
    if (pairs_.empty()) throw ConfigError(fmt::format("no device of these tables has figures for {}", own_.cost));
  }

  std::size_t size() const override { return pairs_.size(); }
  Problem& open(std::size_t index) override;
  std::optional<SearchResult> conclude(const Json& ledger) override;

 private:
  using Clock = std::chrono::steady_clock;
  void begin_record();
  void add(const std::string& name);
  void predict(Dataset& dataset);
  void end_problem();
  NasRawFiles raw_files() const;

  const SearchPlan& plan_;
  const CommonRequest& request_;
  const TableSettings& own_;
  const Clock::time_point start_ = Clock::now();
  const NasTable table_;
  const std::vector<Candidate> connected_;
  const Partition niches_;
  const Json settings_;
  std::vector<std::unique_ptr<Dataset>> datasets_;
  std::vector<std::pair<Dataset*, std::string>> pairs_;  ///< with the device
  std::unique_ptr<TableProblem> problem_;                ///< the one that is open
  std::vector<PredictedRanks> ranks_;                    ///< of all predictors, in the record's order
  NasSearchRecord record_;
};

void TableProblems::begin_record() {
  record_.command = plan_.command;
  record_.started = utc_now();
  record_.table = {.name = table_.info().name,
                   .note = table_.info().note,
                   .sha256 = table_.sha256(),
                   .cells = static_cast<std::int64_t>(table_.info().cells),
                   .published = table_.info().cells == kNasCells};
  record_.cost = own_.cost;
  record_.budget = request_.budget;
  record_.predictor_cells = own_.predictor_cells;
  record_.fronts = kFrontsOfEvaluated;
  record_.seeds = plan_.seeds;
  record_.normalisation =
      "cost and test error (percent), each scaled to 0..1 by its least and largest value over all candidates of the "
      "data set and "
      "device; disconnected and unmeasurable cells are no candidates";
  record_.environment = {{"machine", describe_machine()},
                         {"build", describe_build()},
                         {"xgboost", xgboost_version()},
                         {"jobs", own_.jobs}};
  for (std::size_t niche = 0; niche < niches_.niches.size(); ++niche) {
    const auto count = std::count_if(niches_.niche_of.begin(), niches_.niche_of.end(),
                                     [&](auto n) { return n == static_cast<int>(niche); });
    record_.niches.push_back({niches_.niches[niche], count});
  }
  for (const Configuration& configuration : plan_.configurations) record_.strategies.push_back(row_of(configuration));
}

void TableProblems::add(const std::string& name) {
  datasets_.push_back(std::make_unique<Dataset>(Dataset{table_.search_view(name), table_.scores(name), {}}));
  Dataset& dataset = *datasets_.back();
  if (const auto added = add_cell_costs(dataset.view); !added.empty()) {
    fmt::print(stderr, "{}: the tables lack {}: computed from the cells\n", name, fmt::join(added, " and "));
  }
  record_.search_schedule = fmt::format("validation accuracy after {} epochs", dataset.view.epochs());
  record_.final_schedule = fmt::format("test accuracy after {} epochs", dataset.scores.epochs);
  const auto asked = request_.target.empty() ? std::vector<std::string>{} : split(request_.target, ',');
  for (const auto& device : chosen("device", asked, dataset.view.devices())) {
    // A device without figures for energy is left out where all devices are asked for.
    if (asked.empty() && !dataset.view.has_cost(device, own_.cost)) continue;
    pairs_.emplace_back(&dataset, device);
  }
}

void TableProblems::predict(Dataset& dataset) {
  const auto& seeds = plan_.seeds;
  dataset.predictions.resize(own_.predictor_cells > 0 ? seeds.size() : 0);
  parallel_for(dataset.predictions.size(), own_.jobs, dataset.view.dataset() + ": predictors", [&] {
    return [&](std::size_t i) {
      dataset.predictions[i] =
          predict_accuracy(dataset.view, connected_, static_cast<std::size_t>(own_.predictor_cells), seeds[i]);
    };
  });
  for (std::size_t i = 0; i < dataset.predictions.size(); ++i) {
    const PredictedAccuracy& predicted = dataset.predictions[i];
    record_.predictors.push_back(score_predictor(predicted, dataset.view, dataset.scores, connected_, seeds[i]));
    ranks_.push_back(ranks_of(predicted, dataset.view.dataset(), seeds[i]));
  }
}

Problem& TableProblems::open(std::size_t index) {
  end_problem();
  const auto& [dataset, device] = pairs_.at(index);
  if (index == 0 || pairs_[index - 1].first != dataset) predict(*dataset);
  problem_ = std::make_unique<TableProblem>(plan_, make_problem(table_, connected_, dataset->view, device, own_.cost),
                                            dataset->view, dataset->scores, dataset->predictions, niches_, settings_);
  return *problem_;
}

void TableProblems::end_problem() {
  if (problem_) record_.pairs.push_back(problem_->scored());
  problem_.reset();
}

NasRawFiles TableProblems::raw_files() const {
  NasRawFiles raw;
  raw.tables = own_.tables.string();
  if (!ranks_.empty()) write_ranks(request_.out / kRanksFile, ranks_);
  const auto add = [&](const fs::path& file) {
    if (fs::is_regular_file(file)) raw.files[fs::relative(file, request_.out).string()] = sha256_file(file);
  };
  if (!ranks_.empty()) add(request_.out / kRanksFile);
  for (const char* name : {kExchangesFile, kLedgerFile}) add(request_.out / name);
  for (const char* name : {"searches", "exchange"}) {
    if (!fs::is_directory(request_.out / name)) continue;
    for (const auto& entry : fs::directory_iterator(request_.out / name)) add(entry.path());
  }
  return raw;
}

std::optional<SearchResult> TableProblems::conclude(const Json& ledger) {
  end_problem();
  record_.ledger = ledger;
  record_.raw = raw_files();
  record_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  record_.finished = utc_now();
  write_nas_search(request_.out / kNasSearchFile, record_);
  SearchResult result{
      .record = record_to_json(record_), .text = table_search_text(record_, plan_.tables), .problems = {}};
  for (const NasPair& pair : record_.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.status == kPassed) continue;
      result.problems.push_back(fmt::format("{} on {}, {}, seed {}: {}", pair.dataset, pair.device, search.strategy,
                                            search.seed, search.reason));
    }
  }
  return result;
}

}  // namespace

std::unique_ptr<ProblemSet> open_tables(const SearchPlan& plan) { return std::make_unique<TableProblems>(plan); }

bool has_tables(const CommonRequest& request) { return !request.own.of<TableSettings>().tables.empty(); }

}  // namespace flnas::searches
