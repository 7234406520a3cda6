#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record_json.h"

namespace flnas {

// comparison.json: configurations of searches (a strategy as it is used) over the same seeds, each cut to the same
// number of evaluated designs. Read with read_record.h: older versions have fewer figures.

/// The mean over seeds with its 95 % t interval; a single seed has no interval.
struct SeedMean {
  std::optional<double> mean, low, high;
  std::int64_t n = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("mean", self.mean), visit("low", self.low), visit("high", self.high), visit("n", self.n);
  }
};

/// Strategies are compared by the test figures, since the best design was selected by the validation figures. Null: no
/// search has the figure.
struct ComparedFigures {
  // Of the best design and of the spread of the designs, over the searches that reached the budget.
  std::optional<SeedMean> unfairness, accuracy, balanced_accuracy;  ///< validation
  std::optional<SeedMean> macs, parameters;
  std::optional<SeedMean> meets_floor;  ///< share of the searches
  std::optional<SeedMean> test_unfairness, test_accuracy, test_balanced_accuracy, test_worst_group, test_eodd;
  std::optional<SeedMean> selection_unfairness, selection_balanced_accuracy;  ///< validation figure minus test figure
  std::optional<SeedMean> chance_unfairness,
      chance_balanced_accuracy;  ///< expected best of as many equally good designs
  std::optional<SeedMean> designs;
  std::optional<SeedMean> macs_spread;  ///< SearchDiversity
  // Of all proposals.
  std::optional<SeedMean> invalid_rate, retries, tokens;
  std::optional<SeedMean> distinct_share;  ///< designs that differ among the proposals in which one could be read
  std::optional<SeedMean> proposals, invalid, repeated, unreadable;
  std::optional<SeedMean> valid_first;  ///< share of the rounds whose first proposal was valid
  std::optional<SeedMean> waiting_seconds;
  std::optional<SeedMean>
      evaluating_seconds;  ///< without designs that an earlier configuration of the seed had trained

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("unfairness", self.unfairness), visit("accuracy", self.accuracy);
    visit("balanced_accuracy", self.balanced_accuracy), visit("macs", self.macs);
    visit("parameters", self.parameters), visit("meets_floor", self.meets_floor);
    visit("test_unfairness", self.test_unfairness), visit("test_accuracy", self.test_accuracy);
    visit("test_balanced_accuracy", self.test_balanced_accuracy), visit("test_worst_group", self.test_worst_group);
    visit("test_eodd", self.test_eodd), visit("selection_unfairness", self.selection_unfairness);
    visit("selection_balanced_accuracy", self.selection_balanced_accuracy);
    visit("chance_unfairness", self.chance_unfairness);
    visit("chance_balanced_accuracy", self.chance_balanced_accuracy), visit("designs", self.designs);
    visit("macs_spread", self.macs_spread), visit("invalid_rate", self.invalid_rate), visit("retries", self.retries);
    visit("tokens", self.tokens), visit("distinct_share", self.distinct_share), visit("proposals", self.proposals);
    visit("invalid", self.invalid), visit("repeated", self.repeated), visit("unreadable", self.unreadable);
    visit("valid_first", self.valid_first);
    visit("waiting_seconds", self.waiting_seconds), visit("evaluating_seconds", self.evaluating_seconds);
  }
};

/// A search that ended before its own budget.
struct EndedSearch {
  std::uint64_t seed = 0;
  std::string reason;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("seed", self.seed), visit("reason", self.reason);
  }
};

/// What searches were told to go by, on validation images: of each one's best design; "hypervolume": the share of the
/// box of all compared designs that its front dominates, with a reference point a tenth beyond the worst of them.
struct ComparedObjective {
  std::string metric;
  std::optional<SeedMean> mean;
  std::optional<SeedMean> difference;  ///< to the first configuration, paired by seed; absent for the first one

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("metric", self.metric), visit("mean", self.mean), visit("difference", self.difference);
  }
};

/// The searches of one configuration, one per seed.
struct ComparedConfiguration : ComparedFigures {
  std::string name;
  std::optional<int> searches, cut_short;  ///< of these, those that ended before the compared budget
  std::vector<EndedSearch> ended;
  std::optional<std::string>
      not_measured;  ///< why it is not a result of the language model that it asks; null: it is one
  std::vector<std::string> sources, models;
  ComparedFigures difference;  ///< to the first configuration, paired by seed; absent for the first one
  std::optional<std::vector<ComparedObjective>> objectives;  ///< null: the searches went by the paper's order

  bool is_measured() const { return not_measured.value_or("").empty(); }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("searches", self.searches), visit("short", self.cut_short);
    visit("ended", self.ended), visit("not_measured", self.not_measured), visit("sources", self.sources);
    visit("models", self.models);
    ComparedFigures::for_each_member(self, visit);
    visit("difference", self.difference), visit("objectives", self.objectives);
  }
};

struct NotMeasured {
  std::string name, reason;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("reason", self.reason);
  }
};

/// The results of the searches side by side. In the record, configurations are called `arms`.
struct Comparison {
  std::int64_t budget = 0;  ///< evaluated designs of each search; 0: none has any
  std::vector<std::uint64_t> seeds;
  std::vector<ComparedConfiguration> configurations;
  std::vector<NotMeasured> not_measured;  ///< what the comparison lacks: a configuration with a language model

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("budget", self.budget), visit("seeds", self.seeds), visit("arms", self.configurations);
    visit("not_measured", self.not_measured);
  }
};

struct ComparisonRecord : Comparison {
  std::string command;
  std::optional<std::string> started;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("command", self.command), visit("started", self.started);
    Comparison::for_each_member(self, visit);
  }
};

}  // namespace flnas
