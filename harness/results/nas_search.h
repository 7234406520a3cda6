#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/results/record.h"

namespace flnas {

// What `flnas search llmnas --tables DIR --out OUT` writes: OUT/nas_search.json. One record holds every strategy on
// every pair of a data set and a device with every seed, what it was scored against, and how.

/// One cell with the figures that only final fronts are scored with.
struct NasPoint {
  std::int64_t cell = 0;                  ///< NAS-Bench-201's index
  int niche = 0;                          ///< index into NasSearchRecord::niches
  double accuracy = 0;                    ///< test, percent, after the longest schedule
  double latency_ms = 0;                  ///< of the table's device
  std::optional<double> energy_mj;        ///< null: the table has none for this device
  std::optional<double> search_accuracy;  ///< what the search went by: validation after the shortest schedule, percent

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("cell", self.cell), visit("niche", self.niche), visit("accuracy", self.accuracy);
    visit("latency_ms", self.latency_ms), visit("energy_mj", self.energy_mj);
    visit("search_accuracy", self.search_accuracy);
  }
};

/// How a search went on: figures of the front that it would have ended with after so many evaluations.
struct NasCurve {
  std::vector<std::int64_t> evaluations;  ///< ascending; what the predictor was trained on is counted
  std::vector<double> hypervolume;        ///< normalised, as NasSearchResult::hypervolume
  std::vector<double> igd;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("evaluations", self.evaluations), visit("hypervolume", self.hypervolume), visit("igd", self.igd);
  }
};

/// Where a search looked. Vectors have one entry per niche, or per tenth of the candidates by cost, cheapest first.
struct NasCoverage {
  std::vector<std::int64_t> niche_evaluated;
  std::vector<std::int64_t> niche_front;     ///< of the final front
  std::vector<std::int64_t> cost_evaluated;  ///< by tenths of the candidates, ordered by the pair's cost

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("niche_evaluated", self.niche_evaluated), visit("niche_front", self.niche_front);
    visit("cost_evaluated", self.cost_evaluated);
  }
};

/// What a search asked a language model, or whoever answered in its place.
struct NasChatUse {
  std::int64_t calls = 0;            ///< answered, recorded replies included
  std::int64_t knowledge_calls = 0;  ///< of these, those that updated a knowledge base
  std::int64_t retries = 0;          ///< proposal calls after the first one of a niche and generation
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
  double waiting_seconds = 0;
  std::vector<std::string> sources;  ///< who answered: hosts, "file", or "scripted" (no model at all)
  std::vector<std::string> models;   ///< as the servers name them

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("calls", self.calls), visit("knowledge_calls", self.knowledge_calls), visit("retries", self.retries);
    visit("prompt_tokens", self.prompt_tokens), visit("completion_tokens", self.completion_tokens);
    visit("waiting_seconds", self.waiting_seconds), visit("sources", self.sources), visit("models", self.models);
  }
};

/// One strategy on one pair with one seed.
struct NasSearchResult {
  std::string strategy;  ///< name of a NasStrategy
  std::uint64_t seed = 0;
  std::string status = kPassed;  ///< passed, or failed with a reason
  std::string reason;
  std::int64_t evaluations = 0;             ///< distinct valid cells; what the predictor was trained on is counted
  std::int64_t proposals = 0;               ///< everything that was proposed
  std::int64_t repeated = 0;                ///< of these, cells that had been evaluated before
  std::int64_t invalid = 0;                 ///< illegal, of another niche, or unreadable
  double seconds = 0;                       ///< of the search itself: training the predictor and scoring are not in it
  std::optional<double> hypervolume;        ///< of the final front, normalised, reference as in the record
  std::optional<double> hypervolume_share;  ///< of the true front's
  std::optional<double> igd;                ///< to the true front, in normalised objectives
  std::vector<std::int64_t> front;          ///< cells that were chosen by what the search saw, cheapest first
  NasCurve curve;
  NasCoverage coverage;
  std::optional<NasChatUse> chat;  ///< null: nobody was asked

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("strategy", self.strategy), visit("seed", self.seed), visit("status", self.status);
    visit("reason", self.reason), visit("evaluations", self.evaluations), visit("proposals", self.proposals);
    visit("repeated", self.repeated), visit("invalid", self.invalid), visit("seconds", self.seconds);
    visit("hypervolume", self.hypervolume), visit("hypervolume_share", self.hypervolume_share);
    visit("igd", self.igd), visit("front", self.front), visit("curve", self.curve);
    visit("coverage", self.coverage), visit("chat", self.chat);
  }
};

/// A data set and a device.
struct NasPair {
  std::string dataset;
  std::string device;
  std::int64_t candidates = 0;       ///< cells that a search may find
  std::int64_t unmeasurable = 0;     ///< cells that the device has no figure for
  std::int64_t disconnected = 0;     ///< cells whose output does not see the image
  std::vector<double> low, high;     ///< of the candidates' objectives: cost, test error in percent
  std::vector<NasPoint> true_front;  ///< of all candidates, cheapest first
  double true_hypervolume = 0;       ///< normalised
  std::vector<NasPoint> points;      ///< every cell of a final front, by cell
  std::vector<NasSearchResult> searches;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("dataset", self.dataset), visit("device", self.device), visit("candidates", self.candidates);
    visit("unmeasurable", self.unmeasurable), visit("disconnected", self.disconnected), visit("low", self.low);
    visit("high", self.high), visit("true_front", self.true_front);
    visit("true_hypervolume", self.true_hypervolume), visit("points", self.points);
    visit("searches", self.searches);
  }
};

/// A part of the space; those of the record are the paper's six, by which coverage is counted for every strategy.
struct NasNiche {
  std::string name;        ///< "no 3x3, no 1x1"
  std::int64_t cells = 0;  ///< of the table, illegal ones included

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("cells", self.cells);
  }
};

/// "not measured" is not a failure: what the strategy needs was not there.
inline constexpr char kNotMeasured[] = "not measured";

struct NasStrategy {
  std::string name;              ///< "nsga2", as on the command line
  std::string title;             ///< "NSGA-II"
  std::string group;             ///< strategy, baseline or ablation
  std::string source;            ///< authors, venue, year
  bool language_model = false;   ///< asks one
  std::string accuracy;          ///< what it searches by: "predictor" or "validation"
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
  std::string note;    ///< how it was made; blank for the published one
  std::string sha256;  ///< of its files
  std::int64_t cells = 0;
  bool published = false;  ///< all 15,625 cells of NAS-Bench-201

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("note", self.note), visit("sha256", self.sha256), visit("cells", self.cells);
    visit("published", self.published);
  }
};

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
  Json ledger;  ///< what all questions took, as searches/chat/ledger.h counts; null: nobody was asked

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("command", self.command);
    visit("started", self.started), visit("finished", self.finished), visit("seconds", self.seconds);
    visit("table", self.table), visit("cost", self.cost), visit("budget", self.budget);
    visit("predictor_cells", self.predictor_cells), visit("seeds", self.seeds);
    visit("search_schedule", self.search_schedule), visit("final_schedule", self.final_schedule);
    visit("normalisation", self.normalisation), visit("reference", self.reference);
    visit("environment", self.environment), visit("niches", self.niches), visit("strategies", self.strategies);
    visit("predictors", self.predictors), visit("pairs", self.pairs);
    visit("ledger", self.ledger);
  }
};

/// Why nothing can be said of a strategy's figures: what it lacked, or that a script answered its searches in a
/// language model's place. Blank for a strategy that was measured.
std::string why_not_measured(const NasSearchRecord& record, const NasStrategy& strategy);

/// With a last key "digest", as run.json; without indentation, since it holds thousands of searches.
void write_nas_search(const std::filesystem::path& file, const NasSearchRecord& record);
/// Throws DataError on a missing file, another schema, or a file that is no nas_search.json.
NasSearchRecord read_nas_search(const std::filesystem::path& file);

/// A strategy's figures: first the mean over the pairs for each seed, then mean and 95 % t interval over seeds.
/// Low and high are null below two seeds.
struct NasMean {
  std::optional<double> mean, low, high;
  std::int64_t seeds = 0;
};
struct NasSummary {
  std::string strategy;
  NasMean hypervolume, hypervolume_share, igd, seconds, evaluations;
};

/// One row per strategy that was measured, in the record's order. `pair`: an index into pairs; -1: the mean over all
/// pairs, of the seeds that have passed on every one.
std::vector<NasSummary> summarise_nas_search(const NasSearchRecord& record, int pair = -1);

/// How much larger a share of the true fronts' hypervolume the first strategy reaches than the second: the mean over
/// all pairs, paired by seed. Nothing where the two have no seed in common that passed on every pair, or one of them
/// was not measured.
NasMean hypervolume_share_gain(const NasSearchRecord& record, const std::string& first, const std::string& second);
/// The same of IGD: how much larger the first one's is, so that below 0 the first is nearer to the true fronts.
NasMean igd_difference(const NasSearchRecord& record, const std::string& first, const std::string& second);

}  // namespace flnas
