#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record_json.h"

namespace flnas {

inline constexpr int kRecordSchema = 1;
/// Of the records of runs and reproductions. 2: `fold`, kind "pooled"; `folds` and `pooled` of a reproduction.
inline constexpr int kRunSchema = 2;

// Statuses. All but the first carry a reason.
inline constexpr char kPassed[] = "passed";
inline constexpr char kFailed[] = "failed";
inline constexpr char kSkipped[] = "skipped";
inline constexpr char kUnreliable[] = "unreliable";  // "mistrusted" in older records; see current_word

// Kinds of a run's record beside "train" and "constant".
inline constexpr char kPooled[] = "pooled";
inline constexpr char kReference[] = "reference";  // predictions that are not a network's

/// A row of the zoo, a searched architecture, or the constant predictor.
struct ModelInfo {
  std::string name;
  std::string title;
  std::string source;
  int classes = 0;                               ///< outputs
  std::vector<std::int64_t> input;               ///< [3, height, width] in pixels
  std::optional<std::int64_t> parameters;        ///< trainable ones, without batch norm's running statistics
  std::optional<std::int64_t> macs;              ///< multiply-accumulates of one image at that size
  std::optional<std::int64_t> paper_parameters;  ///< Table I's count
  std::string match = "none";                    ///< how it corresponds to a row of Table I: exact, approximate, none

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("title", self.title), visit("source", self.source);
    visit("classes", self.classes), visit("input", self.input), visit("parameters", self.parameters);
    visit("macs", self.macs), visit("paper_parameters", self.paper_parameters), visit("match", self.match);
  }
};

/// Images per subset.
struct SubsetSizes {
  std::int64_t train = 0;
  std::int64_t validation = 0;
  std::int64_t test = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("train", self.train), visit("validation", self.validation), visit("test", self.test);
  }
};

/// The images, labels and split that a run used.
struct DataInfo {
  std::string adapter;
  std::string name;
  std::string fingerprint;  // SHA-256 of the data set, see datasets
  bool synthetic = false;
  std::string task;
  std::string protocol;
  std::vector<std::string> classes;
  std::string split_sha256;
  SubsetSizes images;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("adapter", self.adapter), visit("name", self.name), visit("fingerprint", self.fingerprint);
    visit("synthetic", self.synthetic), visit("task", self.task), visit("protocol", self.protocol);
    visit("classes", self.classes), visit("split_sha256", self.split_sha256), visit("images", self.images);
  }
};

/// A training run. Losses (weighted mean cross-entropy, in nats) and accuracies (in [0, 1]) are those of
/// the best epoch (see summaries.h). Null: not measured.
struct TrainingSummary {
  int epochs_run = 0;
  int best_epoch = 0;  ///< from 1
  bool stopped_early = false;
  std::optional<double> train_loss;
  std::optional<double> train_accuracy;
  std::optional<double> validation_loss;
  std::optional<double> validation_accuracy;
  std::optional<double> seconds;          ///< of all epochs, in all processes that trained it
  std::optional<double> data_wait_share;  ///< share of the seconds, in [0, 1], that steps waited for images
  std::optional<std::int64_t> peak_bytes;
  std::optional<bool> converged;                  ///< the best epoch is not the last one, the schedule was not cut
  std::optional<std::vector<double>> input_mean;  ///< of standardised inputs: of each channel in [0, 1]
  std::optional<std::vector<double>> input_deviation;
  std::optional<Json> mitigation;  ///< its outcome by group: {name, attributes, ...}

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("epochs_run", self.epochs_run), visit("best_epoch", self.best_epoch);
    visit("stopped_early", self.stopped_early);
    visit("train_loss", self.train_loss), visit("train_accuracy", self.train_accuracy);
    visit("validation_loss", self.validation_loss), visit("validation_accuracy", self.validation_accuracy);
    visit("seconds", self.seconds), visit("data_wait_share", self.data_wait_share);
    visit("peak_bytes", self.peak_bytes), visit("converged", self.converged);
    visit("input_mean", self.input_mean), visit("input_deviation", self.input_deviation);
    visit("mitigation", self.mitigation);
  }
};

/// run.json of a trained model (kind "train"), of the constant predictor (kind "constant", without training), of
/// another reference (kind "reference", without training), or of the pooled folds of one model and seed (kind "pooled",
/// see evaluation/pool.h).
struct RunRecord {
  int schema = kRunSchema;
  std::string kind = "train";
  std::string status = kPassed;
  std::string reason;
  std::string started;   // UTC, see utc_now()
  std::string finished;  // blank while it runs
  std::string command;   // repeats the run; non-default options only
  ModelInfo model;
  Json requested = Json::object();  // TrainConfig as asked for
  Json effective = Json::object();  // as used
  std::uint64_t seed = 0;
  std::optional<std::int64_t> fold;  // of protocol crossfit, from 1; null without folds and for pooled records
  DataInfo data;
  Json environment = Json::object();  // {machine, build, libtorch}
  std::optional<TrainingSummary> training;
  Json metrics;                               // evaluate_predictions(); null if the run did not get that far
  std::map<std::string, std::string> inputs;  // SHA-256 of what was read, computed before and checked after
  std::map<std::string, std::string> files;   // SHA-256 of what was written, by name

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("status", self.status);
    visit("reason", self.reason), visit("started", self.started), visit("finished", self.finished);
    visit("command", self.command), visit("model", self.model), visit("requested", self.requested);
    visit("effective", self.effective), visit("seed", self.seed), visit("fold", self.fold);
    visit("data", self.data);
    visit("environment", self.environment), visit("training", self.training), visit("metrics", self.metrics);
    visit("inputs", self.inputs), visit("files", self.files);
  }
};

struct PeakMemory {
  int batch = 0;
  std::int64_t peak_bytes = 0;  // counted at the allocator

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("batch", self.batch), visit("peak_bytes", self.peak_bytes);
  }
};

struct MemoryFigures {
  std::optional<PeakMemory> training_step;
  std::optional<PeakMemory> inference;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("training_step", self.training_step), visit("inference", self.inference);
  }
};

/// One sample is one forward of the whole batch. An estimate has no samples: its interval is the band in which 95 % of
/// measured medians are expected, and its form is blank.
struct LatencySummary {
  std::string mark = "measured";  // measured, estimated, emulated
  int batch = 0;
  int threads = 0;
  std::string form;  // eager, frozen, optimised
  double median_us = 0;
  double low_us = 0;  ///< 95 % percentile bootstrap of the median
  double high_us = 0;
  std::optional<double> p90_us;  ///< 90th percentile
  std::int64_t samples = 0;
  std::optional<double> cv;  ///< standard deviation / mean

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("mark", self.mark), visit("batch", self.batch), visit("threads", self.threads), visit("form", self.form);
    visit("median_us", self.median_us), visit("low_us", self.low_us), visit("high_us", self.high_us);
    visit("p90_us", self.p90_us), visit("samples", self.samples), visit("cv", self.cv);
  }
};

/// run.json of one model's hardware columns, at the paper's geometry: two classes, 3x224x224.
struct HardwareRecord {
  int schema = kRecordSchema;
  std::string kind = "hardware";
  std::string status = kPassed;
  std::string reason;
  std::string started;
  std::string finished;
  std::string command;
  ModelInfo model;
  std::string device = "host";
  Json environment = Json::object();
  MemoryFigures memory;
  std::optional<LatencySummary> latency;
  std::map<std::string, std::string> files;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("status", self.status);
    visit("reason", self.reason), visit("started", self.started), visit("finished", self.finished);
    visit("command", self.command), visit("model", self.model), visit("device", self.device);
    visit("environment", self.environment), visit("memory", self.memory), visit("latency", self.latency);
    visit("files", self.files);
  }
};

/// Both write `folder`/run.json with a last key "digest", the SHA-256 of all before it, which reveals a changed byte.
void write_run(const std::filesystem::path& folder, const RunRecord& record);
void write_hardware(const std::filesystem::path& folder, const HardwareRecord& record);

/// Both throw DataError for a missing file, a key that is missing, unknown or of another type, a newer schema version,
/// an unknown status or the other kind of record. The digest is not checked: `flnas verify` does that.
RunRecord read_run(const std::filesystem::path& folder);
HardwareRecord read_hardware(const std::filesystem::path& folder);

/// The current word for a status or a model's match: older records say "mistrusted" for unreliable and "like" for
/// approximate. Any other word is returned unchanged.
std::string current_word(const std::string& word);

/// SHA-256 of the JSON text without its key "digest".
std::string record_digest(const Json& json);

}  // namespace flnas
