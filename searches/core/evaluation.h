// What an evaluator found of a candidate. Plain values, which archive.jsonl holds line by line.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/metrics/pareto.h"
#include "harness/records/record_json.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// What an architecture costs at the search's image size and number of classes.
struct DesignCost {
  std::int64_t parameters = 0;
  std::int64_t macs = 0;                 ///< one image
  std::int64_t memory_bytes = 0;         ///< peak of a training step, estimated
  std::string target;                    ///< the device that the latency is of: "host", "pi4"
  std::string latency_mark;              ///< measured or estimated; blank without a latency
  std::optional<double> latency_us;      ///< of one image; median
  std::optional<double> latency_low_us;  ///< measured: 95 % interval of the median; estimated: the model's error
  std::optional<double> latency_high_us;
  std::string latency_reason;  ///< why a measured latency should not be believed (harness/latency/machine/validity.h)

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("parameters", self.parameters), visit("macs", self.macs), visit("memory_bytes", self.memory_bytes);
    visit("target", self.target), visit("latency_mark", self.latency_mark), visit("latency_us", self.latency_us);
    visit("latency_low_us", self.latency_low_us), visit("latency_high_us", self.latency_high_us);
    visit("latency_reason", self.latency_reason);
  }
};

/// The rows of one class within a group, and the share of them that was recognised: of the positive class of two the
/// group's true positive rate, of the other one 1 - its false positive rate.
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
  std::optional<std::vector<ClassScore>> classes;  ///< null: of an earlier version, which did not take them

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n), visit("accuracy", self.accuracy), visit("classes", self.classes);
  }
};

/// The metrics that steer a search, taken on the validation subset. Shares; undefined values are empty.
struct Scores {
  std::optional<double> accuracy, balanced_accuracy, worst_group;
  std::optional<double> unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<double> train_loss, train_accuracy, validation_loss;
  std::vector<GroupScore> groups;

  // Since the rule of one standard error (best.h); empty in archives of earlier versions.
  std::optional<double> auroc;                         ///< more than two classes: mean of one against the rest
  std::optional<std::string> worst_group_name;         ///< of worst_group
  std::optional<double> balanced_accuracy_se;          ///< standard error by sampling alone: what other images would
  std::optional<double> unfairness_se;                 ///< change; another training changes more. Of unfairness_sum
  std::optional<double> unfairness_by_chance;          ///< mean unfairness_sum of a fair model on these images
  std::optional<std::int64_t> epochs_run, best_epoch;  ///< of the training; the best one from 1

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
    visit("best_epoch", self.best_epoch);
  }
};

/// A candidate that was evaluated, or whose evaluation failed. It counts for the budget either way.
struct Evaluation {
  int round = 0;
  std::string hash;    ///< blank in an archive without a file
  std::string name;    ///< "d003": the third that was evaluated; likewise
  std::string status;  ///< passed, failed or mistrusted, as in run.json
  std::string reason;
  std::string run;  ///< folder of the run, relative to the search's
  DesignCost cost;
  Scores scores;
  std::map<std::string, double> proxies;  ///< zero-cost proxies by name, to be maximised; empty elsewhere
  double seconds = 0;

  // Not written.
  Candidate candidate = 0;
  metrics::Point objectives;  ///< all to be minimised, as the evaluator says; empty: it is of no use

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("hash", self.hash), visit("name", self.name), visit("status", self.status);
    visit("reason", self.reason), visit("run", self.run), visit("cost", self.cost), visit("scores", self.scores);
    visit("proxies", self.proxies), visit("seconds", self.seconds);
  }
};

}  // namespace flnas::searches
