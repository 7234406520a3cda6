#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/ledger_record.h"
#include "harness/records/read_record.h"
#include "harness/records/record.h"

namespace flnas {

// search.json: a search whose designs are trained. Searches fill and write its parts; reports and terminals read
// `SearchRecord`. Members that may be absent are missing in older versions (read_record.h).

/// The costs of an architecture at the search's image size and number of classes.
struct DesignCost {
  std::int64_t parameters = 0;
  std::int64_t macs = 0;                 ///< one image
  std::int64_t memory_bytes = 0;         ///< peak of a training step, estimated
  std::string target;                    ///< the device that the latency is of: "host", "pi4"
  std::string latency_mark;              ///< measured or estimated; blank without a latency
  std::optional<double> latency_us;      ///< of one image; median
  std::optional<double> latency_low_us;  ///< measured: 95 % interval of the median; estimated: the model's error
  std::optional<double> latency_high_us;
  std::string latency_reason;  ///< why a measured latency is unreliable (harness/latency/machine/validity.h)
  /// Of one image; empty where the search does not go by it.
  std::optional<double> energy_mj;
  std::optional<std::string> energy_mark;  ///< measured (by the device's own meter) or estimated

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("parameters", self.parameters), visit("macs", self.macs), visit("memory_bytes", self.memory_bytes);
    visit("target", self.target), visit("latency_mark", self.latency_mark), visit("latency_us", self.latency_us);
    visit("latency_low_us", self.latency_low_us), visit("latency_high_us", self.latency_high_us);
    visit("latency_reason", self.latency_reason), visit("energy_mj", self.energy_mj);
    visit("energy_mark", self.energy_mark);
  }
};

/// The rows of one class within a group, and their recall: for the positive class of two it is the group's true
/// positive rate, for the other one 1 - its false positive rate.
struct ClassScore {
  std::string name;
  std::int64_t n = 0;
  std::optional<double> recall;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n), visit("recall", self.recall);
  }
};

struct GroupScore {
  std::string name;
  std::int64_t n = 0;
  std::optional<double> accuracy;
  std::optional<std::vector<ClassScore>> classes;  ///< null in records of earlier versions

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n), visit("accuracy", self.accuracy), visit("classes", self.classes);
  }
};

/// A metric of the table of metrics by its name.
struct MetricScore {
  std::string name;
  std::optional<double> value;
  std::optional<double> standard_error;  ///< by sampling alone

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("value", self.value), visit("standard_error", self.standard_error);
  }
};

/// The metrics that a search sees, on the validation subset, in [0, 1]; undefined values are empty.
struct DesignScores {
  std::optional<double> accuracy, balanced_accuracy, worst_group;
  std::optional<double> unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<double> train_loss, train_accuracy, validation_loss;
  std::vector<GroupScore> groups;

  // Added with the one-standard-error rule (best.h); empty in archives of earlier versions.
  std::optional<double> auroc;                         ///< more than two classes: mean of one against the rest
  std::optional<std::string> worst_group_name;         ///< of worst_group
  std::optional<double> balanced_accuracy_se;          ///< standard error by the sampling of images alone;
  std::optional<double> unfairness_se;                 ///< another training changes more. Of unfairness_sum
  std::optional<double> unfairness_by_chance;          ///< mean unfairness_sum of a fair model on these images
  std::optional<std::int64_t> epochs_run, best_epoch;  ///< of the training; the best one from 1
  /// What the search was told to go by; empty where that was the paper's order, or costs alone.
  std::optional<std::vector<MetricScore>> further;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("worst_group", self.worst_group), visit("unfairness_mean", self.unfairness_mean);
    visit("unfairness_sum", self.unfairness_sum), visit("eodd", self.eodd), visit("eopp1", self.eopp1);
    visit("eopp2", self.eopp2), visit("train_loss", self.train_loss), visit("train_accuracy", self.train_accuracy);
    visit("validation_loss", self.validation_loss), visit("groups", self.groups);
    visit("auroc", self.auroc), visit("worst_group_name", self.worst_group_name);
    visit("balanced_accuracy_se", self.balanced_accuracy_se), visit("unfairness_se", self.unfairness_se);
    visit("unfairness_by_chance", self.unfairness_by_chance), visit("epochs_run", self.epochs_run);
    visit("best_epoch", self.best_epoch), visit("further", self.further);
  }
};

/// Counts of the proposals and what became of them.
struct SearchCounts {
  int rounds = 0;
  int evaluated = 0;    ///< distinct valid candidates: what the budget counts
  int untrainable = 0;  ///< of these, those whose training failed
  int proposals = 0;
  int invalid = 0, repeated = 0, unreadable = 0;
  int retries = 0;   ///< proposals after the first one of their round
  int given_up = 0;  ///< rounds without a valid proposal
  /// Rounds whose first proposal was valid; with a language model, rounds whose first reply was. Empty in earlier
  /// versions.
  std::optional<int> valid_first;

  int refused() const { return invalid + repeated + unreadable; }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("rounds", self.rounds), visit("evaluated", self.evaluated), visit("untrainable", self.untrainable);
    visit("proposals", self.proposals), visit("invalid", self.invalid), visit("repeated", self.repeated);
    visit("unreadable", self.unreadable), visit("retries", self.retries), visit("given_up", self.given_up);
    visit("valid_first", self.valid_first);
  }
};

struct SearchTokens {
  std::int64_t prompt = 0, completion = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("prompt", self.prompt), visit("completion", self.completion);
  }
};

struct SearchDiversity {
  std::int64_t designs = 0;           ///< distinct ones that were evaluated
  std::optional<double> macs_spread;  ///< standard deviation (n - 1) of log10 of their MACs; null below two designs

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("designs", self.designs), visit("macs_spread", self.macs_spread);
  }
};

/// A design in the order of evaluation.
struct EvaluatedDesign {
  std::string name, hash;  ///< "d001"
  int round = 0;
  std::string status = kPassed, reason;
  std::string run;  ///< folder of its training, relative to the search's folder or its parent
  double seconds = 0;
  DesignCost cost;
  DesignScores scores;
  std::optional<std::string> best;  ///< name of the best design after this one
  bool best_meets_floor = false;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("hash", self.hash), visit("round", self.round), visit("status", self.status);
    visit("reason", self.reason), visit("run", self.run), visit("seconds", self.seconds), visit("cost", self.cost);
    visit("scores", self.scores), visit("best", self.best), visit("best_meets_floor", self.best_meets_floor);
  }
};

struct BestDesign {
  std::string name, hash;
  bool meets_floor = false;
  Json design;  ///< in its space's form
  DesignCost cost;
  DesignScores scores;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("hash", self.hash), visit("meets_floor", self.meets_floor);
    visit("design", self.design), visit("cost", self.cost), visit("scores", self.scores);
  }
};

/// The summary of a search's archive; names refer to designs of the trajectory. A search that was begun and not
/// finished has none.
struct SearchSummary {
  std::optional<SearchCounts> counts;
  std::optional<double> invalid_rate;  ///< share of the proposals that were not a new valid design
  std::optional<SearchTokens> tokens;
  std::vector<std::string> models;   ///< that answered
  std::vector<std::string> sources;  ///< where the replies came from: a host, "file"; "scripted": no language model
  std::optional<double> waiting_seconds, evaluating_seconds;
  std::optional<SearchDiversity> diversity;
  std::optional<double> floor;  ///< the least balanced accuracy of the best design
  /// What the search went by, the most important first, where that was not the paper's order (searches/core/best.h).
  std::optional<std::vector<std::string>> objectives;
  std::vector<EvaluatedDesign> trajectory;
  std::optional<BestDesign> best;
  std::vector<std::string> front, top;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("counts", self.counts), visit("invalid_rate", self.invalid_rate), visit("tokens", self.tokens);
    visit("models", self.models), visit("sources", self.sources), visit("waiting_seconds", self.waiting_seconds);
    visit("evaluating_seconds", self.evaluating_seconds), visit("diversity", self.diversity);
    visit("floor", self.floor), visit("objectives", self.objectives), visit("trajectory", self.trajectory);
    visit("best", self.best);
    visit("front", self.front), visit("top", self.top);
  }
};

/// The device that latencies are for; "none": no latency was asked for.
struct SearchTarget {
  std::string name, title;
  bool present = false;  ///< measured on it; false: estimated

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("title", self.title), visit("present", self.present);
  }
};

/// A niche of the space by MACs, with its own archive.
struct SearchNiche {
  std::int64_t least_macs = 0, evaluated = 0;
  std::vector<std::string> archive;  ///< names of designs

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("least_macs", self.least_macs), visit("evaluated", self.evaluated), visit("archive", self.archive);
  }
};

struct SearchPartition {
  std::vector<std::string> objectives;
  std::vector<SearchNiche> niches;
  std::vector<std::string> merged;    ///< names of designs on the merged front
  std::optional<double> hypervolume;  ///< of scaled objectives; null without designs

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("objectives", self.objectives), visit("niches", self.niches), visit("merged", self.merged);
    visit("hypervolume", self.hypervolume);
  }
};

/// A design that was evaluated on the test images.
struct ReportedDesign {
  std::string name, hash;
  Json test;  ///< its metrics as in run.json, without groups

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("hash", self.hash), visit("test", self.test);
  }
};

/// The settings that reports read; the others depend on strategy and space.
struct SearchSettings {
  std::optional<std::int64_t> seed;
  std::optional<std::string> llm;  ///< the source of replies: server, local, file or replay; empty: no language model
  std::optional<std::string> format;  ///< of a server's and a local model's replies: json (by a schema) or text

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("seed", self.seed), visit("llm", self.llm), visit("format", self.format);
  }
};

struct SearchRecord : SearchSummary {
  std::string name, status, command;
  std::optional<std::string> started;
  SearchSettings settings;
  DataInfo data;
  std::optional<SearchTarget> target;
  Json environment;
  std::optional<double> overhead_ms_per_design;
  std::optional<LedgerRecord> ledger;  ///< null: no language model was asked
  std::optional<SearchPartition> partition;
  Json short_training;
  std::vector<ReportedDesign> reported;
  ByName<std::string> files;  ///< SHA-256 of what the search wrote

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("status", self.status), visit("command", self.command);
    visit("started", self.started), visit("settings", self.settings), visit("data", self.data);
    visit("target", self.target), visit("environment", self.environment);
    visit("overhead_ms_per_design", self.overhead_ms_per_design), visit("ledger", self.ledger);
    SearchSummary::for_each_member(self, visit);
    visit("partition", self.partition), visit("short_training", self.short_training);
    visit("reported", self.reported), visit("files", self.files);
  }
};

}  // namespace flnas
