#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/nas_pair.h"

namespace flnas {

// OUT/nas_search.json of `flnas search llmnas --tables DIR --out OUT`. One record holds the searches of every strategy
// on every pair of a data set and a device with every seed, and how they were scored.

/// A part of the space; those of the record are the paper's six, by which coverage is counted for every strategy.
struct NasNiche {
  std::string name;        ///< "no 3x3, no 1x1"
  std::int64_t cells = 0;  ///< of the table, illegal ones included

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("cells", self.cells);
  }
};

/// Status "not measured" is not a failure: what the strategy needs was not available.
inline constexpr char kNotMeasured[] = "not measured";

struct NasStrategy {
  std::string name;              ///< "nsga2", as on the command line
  std::string title;             ///< "NSGA-II"
  std::string group;             ///< strategy, baseline or ablation
  std::string source;            ///< authors, venue, year
  bool language_model = false;   ///< asks one
  std::string accuracy;          ///< the accuracy that it sees: "predictor" or "validation"
  std::string partition;         ///< "none", "convolutions", "random:6", "flops:12"
  std::string status = kPassed;  ///< passed or not measured
  std::string reason;            ///< why it was not measured
  Json settings = Json::object();

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("title", self.title), visit("group", self.group), visit("source", self.source);
    visit("language_model", self.language_model), visit("accuracy", self.accuracy);
    visit("partition", self.partition), visit("status", self.status), visit("reason", self.reason);
    visit("settings", self.settings);
  }
};

/// The predictor of one data set and seed, shared by all strategies and devices. Spearman's rank correlation with the
/// validation accuracies of the cells that it was not trained on.
struct NasPredictor {
  std::string dataset;
  std::uint64_t seed = 0;
  std::int64_t trained_on = 0;  ///< cells, counted in every budget
  std::vector<std::string> features;
  std::optional<double> spearman;        ///< over all other candidates
  std::optional<double> spearman_zc13;   ///< over those with the 13 proxies; null: none has them
  std::optional<double> spearman_other;  ///< over those with proxies of the whole space only
  std::optional<double> spearman_test;   ///< of the predictions with the final test accuracies; no search sees these
  double seconds = 0;                    ///< to fit and to predict

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("dataset", self.dataset), visit("seed", self.seed), visit("trained_on", self.trained_on);
    visit("features", self.features), visit("spearman", self.spearman);
    visit("spearman_zc13", self.spearman_zc13), visit("spearman_other", self.spearman_other);
    visit("spearman_test", self.spearman_test), visit("seconds", self.seconds);
  }
};

struct NasTableSource {
  std::string name;    ///< "NAS-Bench-201 and HW-NAS-Bench"
  std::string note;    ///< how it was produced; blank for the published tables
  std::string sha256;  ///< of its files
  std::int64_t cells = 0;
  bool published = false;  ///< all 15,625 cells of NAS-Bench-201

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("note", self.note), visit("sha256", self.sha256), visit("cells", self.cells);
    visit("published", self.published);
  }
};

/// The files against which the record can be verified.
struct NasRawFiles {
  std::string tables;                        ///< their folder, as the command named it; NasTableSource has its hash
  std::map<std::string, std::string> files;  ///< SHA-256 of the raw files beside the record, by name

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("tables", self.tables), visit("files", self.files);
  }
};

inline constexpr char kFrontsOfEvaluated[] = "evaluated";

struct NasSearchRecord {
  int schema = kRecordSchema;
  std::string kind = "nas_search";
  std::string command;
  std::string started;
  std::optional<std::string> finished;  ///< null: it was interrupted
  double seconds = 0;                   ///< of all its sittings
  NasTableSource table;
  std::string cost = "latency";      ///< what is minimised beside the test error: latency (ms) or energy (mJ)
  std::int64_t budget = 0;           ///< distinct valid cells of one search
  std::int64_t predictor_cells = 0;  ///< of these, how many the predictor was trained on
  /// "evaluated": fronts consist of the cells that the predictor was trained on and of the proposals, all by their
  /// validation accuracies. Null in earlier records: of the proposals only, by the predictor's accuracies.
  std::optional<std::string> fronts;
  std::vector<std::uint64_t> seeds;
  std::string search_schedule;             ///< "validation accuracy after 12 epochs"
  std::string final_schedule;              ///< "test accuracy after 200 epochs"
  std::string normalisation;               ///< in words
  std::vector<double> reference = {1, 1};  ///< of the hypervolume, in normalised objectives
  Json environment = Json::object();       ///< {machine, build, xgboost, jobs}
  std::vector<NasNiche> niches;
  std::vector<NasStrategy> strategies;  ///< in the order of tables
  std::vector<NasPredictor> predictors;
  std::vector<NasPair> pairs;
  std::optional<NasRawFiles> raw;  ///< null in records of versions without raw files
  Json ledger;  ///< the cost of all calls, see searches/llm/chat/ledger.h; null: no language model was asked

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("command", self.command);
    visit("started", self.started), visit("finished", self.finished), visit("seconds", self.seconds);
    visit("table", self.table), visit("cost", self.cost), visit("budget", self.budget);
    visit("predictor_cells", self.predictor_cells), visit("fronts", self.fronts), visit("seeds", self.seeds);
    visit("search_schedule", self.search_schedule), visit("final_schedule", self.final_schedule);
    visit("normalisation", self.normalisation), visit("reference", self.reference);
    visit("environment", self.environment), visit("niches", self.niches), visit("strategies", self.strategies);
    visit("predictors", self.predictors), visit("pairs", self.pairs);
    visit("raw", self.raw), visit("ledger", self.ledger);
  }
};

/// Why a strategy has no result: what was not available, or that a script answered in place of a language model. Blank
/// for a strategy that was measured.
std::string why_not_measured(const NasSearchRecord& record, const NasStrategy& strategy);

/// With a last key "digest", as run.json; without indentation, since it holds thousands of searches.
void write_nas_search(const std::filesystem::path& file, const NasSearchRecord& record);
/// Throws DataError on a missing file, another schema, or a file that is no nas_search.json.
NasSearchRecord read_nas_search(const std::filesystem::path& file);

/// A strategy's figures: the mean over the pairs for each seed, then the mean over seeds with its 95 % t interval.
/// Low and high are null with fewer than two seeds.
struct NasMean {
  std::optional<double> mean, low, high;
  std::int64_t seeds = 0;
};
struct NasSummary {
  std::string strategy;
  NasMean hypervolume, hypervolume_share, igd, seconds, evaluations;
};

/// One row per strategy that was measured, in the record's order. `pair`: an index into pairs, or -1 for the mean over
/// all pairs, with the seeds that passed on each of them.
std::vector<NasSummary> summarise_nas_search(const NasSearchRecord& record, int pair = -1);

/// The share of the true fronts' hypervolume that a strategy reaches with each seed: the mean over all pairs. Empty
/// where it was not measured, or no seed has passed on every pair.
std::vector<double> hypervolume_shares(const NasSearchRecord& record, const std::string& strategy);

/// How much larger a share of the true fronts' hypervolume the first strategy reaches than the second: the mean over
/// all pairs, paired by seed. Nothing where the two have no seed in common that passed on every pair, or one of them
/// was not measured.
NasMean hypervolume_share_gain(const NasSearchRecord& record, const std::string& first, const std::string& second);
/// The same of IGD: how much larger the first one's is, so that below 0 the first is nearer to the true fronts.
NasMean igd_difference(const NasSearchRecord& record, const std::string& first, const std::string& second);

}  // namespace flnas
