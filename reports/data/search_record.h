#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/data/run_metrics.h"

namespace flnas::reports {

// search.json and comparison.json of searches on images (searches/core).

struct SearchSettings {
  std::optional<std::int64_t> seed;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("seed", self.seed);
  }
};

struct SearchImages {
  std::int64_t validation = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("validation", self.validation);
  }
};

struct SearchData {
  std::string adapter, name, fingerprint, task, split_sha256;
  std::optional<SearchImages> images;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("adapter", self.adapter), visit("name", self.name), visit("fingerprint", self.fingerprint);
    visit("task", self.task), visit("split_sha256", self.split_sha256), visit("images", self.images);
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

struct SearchCounts {
  std::int64_t evaluated = 0, proposals = 0;
  std::optional<std::int64_t> invalid, repeated, unreadable;  ///< proposals that were refused

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("evaluated", self.evaluated), visit("proposals", self.proposals), visit("invalid", self.invalid);
    visit("repeated", self.repeated), visit("unreadable", self.unreadable);
  }
};

struct SearchTokens {
  std::int64_t prompt = 0, completion = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("prompt", self.prompt), visit("completion", self.completion);
  }
};

struct SearchLedger {
  std::optional<double> cost;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("cost", self.cost);
  }
};

struct DesignCost {
  std::optional<std::int64_t> parameters, macs;
  std::optional<double> latency_us, latency_low_us, latency_high_us;
  std::optional<std::string> latency_mark;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("parameters", self.parameters), visit("macs", self.macs), visit("latency_us", self.latency_us);
    visit("latency_low_us", self.latency_low_us), visit("latency_high_us", self.latency_high_us);
    visit("latency_mark", self.latency_mark);
  }
};

struct DesignGroup {
  std::string name;
  std::int64_t n = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n);
  }
};

/// On validation images.
struct DesignScores {
  std::optional<double> accuracy, balanced_accuracy, unfairness_sum;
  std::vector<DesignGroup> groups;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("unfairness_sum", self.unfairness_sum), visit("groups", self.groups);
  }
};

struct EvaluatedDesign {
  std::string name;
  std::string status, reason;
  std::optional<DesignCost> cost;
  std::optional<DesignScores> scores;
  std::optional<std::string> best;  ///< name of the best design after this one

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("status", self.status), visit("reason", self.reason);
    visit("cost", self.cost), visit("scores", self.scores), visit("best", self.best);
  }
};

struct BestDesign {
  std::string name;
  std::optional<bool> meets_floor;
  std::optional<DesignScores> scores;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("meets_floor", self.meets_floor), visit("scores", self.scores);
  }
};

struct ReportedDesign {
  std::string name;
  std::optional<RunMetrics> test;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("test", self.test);
  }
};

struct SearchNiche {
  std::optional<std::int64_t> least_macs, evaluated;
  std::optional<std::vector<std::string>> archive;  ///< names of designs

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("least_macs", self.least_macs), visit("evaluated", self.evaluated), visit("archive", self.archive);
  }
};

struct SearchPartition {
  std::vector<std::string> objectives;
  std::optional<double> hypervolume;
  std::vector<SearchNiche> niches;
  std::vector<std::string> merged;  ///< names of designs on the merged front

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("objectives", self.objectives), visit("hypervolume", self.hypervolume), visit("niches", self.niches);
    visit("merged", self.merged);
  }
};

/// Names of designs stand for entries of `trajectory`.
struct SearchRecord {
  std::string name, status, command;
  std::optional<std::string> started;
  SearchSettings settings;
  SearchData data;
  std::optional<SearchTarget> target;
  Json environment;
  std::optional<SearchCounts> counts;
  std::optional<SearchTokens> tokens;
  std::optional<SearchLedger> ledger;
  std::optional<double> evaluating_seconds, waiting_seconds, overhead_ms_per_design;
  std::vector<std::string> sources;  ///< who answered as a language model; "scripted": no model at all
  std::vector<EvaluatedDesign> trajectory;
  std::optional<BestDesign> best;
  std::vector<std::string> top, front;
  std::vector<ReportedDesign> reported;
  std::optional<SearchPartition> partition;
  ByName<std::string> files;
  std::optional<std::string> digest;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("status", self.status), visit("command", self.command);
    visit("started", self.started), visit("settings", self.settings), visit("data", self.data);
    visit("target", self.target), visit("environment", self.environment), visit("counts", self.counts);
    visit("tokens", self.tokens), visit("ledger", self.ledger);
    visit("evaluating_seconds", self.evaluating_seconds), visit("waiting_seconds", self.waiting_seconds);
    visit("overhead_ms_per_design", self.overhead_ms_per_design), visit("sources", self.sources);
    visit("trajectory", self.trajectory), visit("best", self.best), visit("top", self.top);
    visit("front", self.front), visit("reported", self.reported), visit("partition", self.partition);
    visit("files", self.files), visit("digest", self.digest);
  }
};

/// Over the seeds of an arm, with a 95 % t interval.
struct Mean {
  std::optional<double> mean, low, high;
  std::optional<std::int64_t> n;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("mean", self.mean), visit("low", self.low), visit("high", self.high), visit("n", self.n);
  }
};

struct ArmFigures {
  std::optional<Mean> unfairness, accuracy, balanced_accuracy, test_unfairness, test_accuracy, parameters, macs,
      designs;
  std::optional<Mean> macs_spread, distinct_share, invalid_rate, retries, tokens, meets_floor;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("unfairness", self.unfairness), visit("accuracy", self.accuracy);
    visit("balanced_accuracy", self.balanced_accuracy), visit("test_unfairness", self.test_unfairness);
    visit("test_accuracy", self.test_accuracy), visit("parameters", self.parameters), visit("macs", self.macs);
    visit("designs", self.designs), visit("macs_spread", self.macs_spread);
    visit("distinct_share", self.distinct_share), visit("invalid_rate", self.invalid_rate);
    visit("retries", self.retries), visit("tokens", self.tokens), visit("meets_floor", self.meets_floor);
  }
};

/// A search that ended before its budget.
struct EndedSearch {
  std::int64_t seed = 0;
  std::string reason;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("seed", self.seed), visit("reason", self.reason);
  }
};

/// The searches of one strategy, one for each seed.
struct Arm : ArmFigures {
  std::string name;
  std::optional<std::string> not_measured;  ///< why; blank or none where it was
  std::vector<EndedSearch> ended;
  std::optional<ArmFigures> difference;  ///< to the first arm, paired by seed

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("not_measured", self.not_measured), visit("ended", self.ended);
    ArmFigures::for_each_member(self, visit);
    visit("difference", self.difference);
  }
};

struct ArmNotMeasured {
  std::string name, reason;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("reason", self.reason);
  }
};

struct ComparisonRecord {
  std::string command;
  std::optional<std::string> started;
  std::int64_t budget = 0;
  std::vector<std::int64_t> seeds;
  std::vector<Arm> arms;
  std::vector<ArmNotMeasured> not_measured;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("command", self.command), visit("started", self.started), visit("budget", self.budget);
    visit("seeds", self.seeds), visit("arms", self.arms), visit("not_measured", self.not_measured);
  }
};

}  // namespace flnas::reports
