#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/evaluation/paired_predictions.h"
#include "harness/records/comparison_record.h"
#include "harness/records/latency_suite.h"
#include "harness/records/nas_search.h"
#include "harness/records/proxy_search.h"
#include "harness/records/questions_record.h"
#include "harness/records/robustness_record.h"
#include "harness/records/run_metrics.h"
#include "harness/records/search_record.h"
#include "harness/records/statistics_record.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"
#include "reports/data/place.h"
#include "reports/paper/paper.h"

namespace flnas::reports {

/// run.json of a model or of the constant predictor.
struct Run : Found<RunRecord> {
  std::optional<RunMetrics> metrics;  ///< none where the run did not get there
  /// Where the metrics stand, if not in the run's record: of a newer version than that has (evaluation/old/rescored.h).
  std::optional<RecordFile> rescored = {};
  /// Whether its training had come to its end (harness/records/convergence.h): as the record says, else by the history
  /// beside it, which older records have; none where neither tells.
  std::optional<bool> converged = {};

  const std::string& model() const { return record.model.name; }
};
using Hardware = Found<HardwareRecord>;
using Statistics = Found<StatisticsRecord>;
/// search.json of a search on images.
struct Search : Found<SearchRecord> {
  std::vector<RunMetrics> tests;            ///< of `record.reported`, design by design
  std::vector<Attribute> attributes = {};   ///< of its data; none where their adapter is not here
  std::string example = Adapter{}.example;  ///< what its data call a row; likewise

  Place<RunMetrics> test(std::size_t reported) const;
};
using Questions = Found<QuestionsRecord>;
using SearchComparison = Found<ComparisonRecord>;
using NasSearch = Found<NasSearchRecord>;
using ProxySearch = Found<ProxySearchRecord>;
using Suite = Found<LatencySuite>;
using Robustness = Found<RobustnessRecord>;

/// The metrics of a run that may not be there.
Place<RunMetrics> metrics_of(const Run* run);

/// Whether a record says of its model that it stands for one of the paper's that cannot be identified.
bool is_approximate(const ModelInfo& model);
/// Its title, which says so: "FaHaNa-Fair (approximate)". Earlier versions wrote "(like)" into the title itself.
std::string full_title(const ModelInfo& model);

/// A row of the report's tables: a model of the paper, or another one that was run.
struct Model {
  std::string name;
  std::string title;
  std::string group;
  const PaperRow* paper = nullptr;  ///< null: not in Table I
  bool approximate = false;         ///< the paper's model cannot be identified
};

/// The figures of a cell that is on a final front of the pair; null for any other.
const NasPoint* point_of(const NasPair& pair, std::int64_t cell);

/// Everything that a report may use: one reproduction, if there is one, and the other records in its folder. Texts hold
/// no control characters.
struct ReportInputs {
  std::filesystem::path root;
  std::optional<Found<Reproduction>> reproduction;
  std::vector<Run> runs;  ///< kind `train`, in the order of reproduce.json
  std::vector<Hardware> hardware;
  std::optional<Run> constant;
  /// By run folder, of every seed: the predictions on the test images, and every metric on the bootstrap's resamples,
  /// the same ones for all; empty where they cannot be read.
  std::map<std::string, ModelPredictions> predictions;
  metrics::Rules predictions_rules = metrics::Rules::kNewest;  ///< by which the metrics were drawn of them
  int predictions_min_support = 0;                             ///< rows from which a rate counts in them
  std::optional<Statistics> statistics;  ///< none where the reproduction was interrupted before it
  std::string statistics_problem;        ///< why there is none though there should be, a line for people

  std::optional<Questions> questions;  ///< none where they were not answered

  std::vector<Search> searches;  ///< by folder
  std::vector<SearchComparison> comparisons;
  std::vector<NasSearch> nas;  ///< searches on tables
  std::vector<ProxySearch> proxy_searches;
  std::vector<Suite> suites;
  std::vector<Robustness> robustness;  ///< of trained models; those of a search's designs are its scores

  bool has_reproduction() const { return reproduction.has_value(); }
  /// Call only where has_reproduction().
  const Reproduction& reproduced() const { return reproduction->record; }
  /// The searches that a comparison is made of, and those that belong to none.
  std::vector<const Search*> searches_of(const SearchComparison& comparison) const;
  std::vector<const Search*> lone_searches() const;

  /// Table I's models in its order, then any other that was run.
  std::vector<Model> models() const;
  /// The runs of a model, first seed first.
  std::vector<const Run*> runs_of(const std::string& model) const;
  /// The run that stands in Table I: the model's first usable one, else its first, else null.
  const Run* run_of(const std::string& model) const;
  /// The first usable run with metrics, which tells the groups and classes that all of them have; null: none.
  const Run* first_measured() const;
  /// Those of a run; null where they were not read.
  const ModelPredictions* predictions_of(const Run* run) const;
  /// The hardware columns of a model on a device: this machine, or a platform by its name ("a10", "pi4").
  const Hardware* hardware_of(const std::string& model, const std::string& device = "host") const;
  /// Why a model has no number: its run's problem, or that it was not asked for or not reached.
  std::string why_missing(const std::string& model) const;
};

/// Reads DIR/reproduce.json and every record it lists; then search.json, comparison.json, nas_search.json,
/// proxy_search.json and robustness.json wherever they lie below DIR, and DIR/bench/*.json. A run's record that is
/// missing or damaged becomes a `problem`, not an error. Throws DataError, with file and key, when reproduce.json,
/// questions.json or a search's or suite's file is damaged, or when nothing of all this is there.
ReportInputs load_report_inputs(const std::filesystem::path& root);

/// The run's history.jsonl, of pooled folds the first one's; empty when it is missing or damaged.
std::vector<Epoch> history_of(const ReportInputs& inputs, const Run& run);

/// Why these numbers cannot be compared with Table I, each reason as a clause of a sentence; empty if they can.
/// `brief` leaves out the profile's own words.
std::vector<std::string> reasons_not_comparable(const ReportInputs& inputs, bool brief = false);

}  // namespace flnas::reports
