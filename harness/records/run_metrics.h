#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/read_record.h"

namespace flnas {

/// A metric with its 95 % interval. No value: its denominator is empty.
struct RecordedEstimate {
  std::optional<double> value, low, high;
  std::optional<std::int64_t> n;  ///< rows behind it
  // Of sums and means of absolute gaps, from version 2 of the metrics on:
  std::optional<double> debiased;     ///< without what noise adds
  std::optional<double> printed;      ///< by the formula as it is printed, however few rows a term has
  std::optional<std::int64_t> terms;  ///< that count, since they have enough rows,
  std::optional<std::int64_t> of;     ///< of so many

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("value", self.value), visit("low", self.low), visit("high", self.high), visit("n", self.n);
    visit("debiased", self.debiased), visit("printed", self.printed), visit("terms", self.terms), visit("of", self.of);
  }
};

/// A rate with too few rows to count.
struct LackingRate {
  std::string group;
  std::optional<std::string> of_class;
  std::string rate;  ///< "accuracy", "tpr", "fpr and tnr"
  std::int64_t rows = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("group", self.group), visit("class", self.of_class), visit("rate", self.rate), visit("rows", self.rows);
  }
};

struct PairsUsed {
  std::vector<LackingRate> lacking;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("lacking", self.lacking);
  }
};

struct WorstGroup {
  std::optional<std::string> name;
  std::optional<double> value, low, high;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("value", self.value), visit("low", self.low), visit("high", self.high);
  }
};

/// At the threshold of the best balanced accuracy on the validation images.
struct OperatingPoint {
  std::optional<double> threshold;
  std::optional<RecordedEstimate> accuracy, balanced_accuracy, tpr, fpr;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("threshold", self.threshold), visit("accuracy", self.accuracy);
    visit("balanced_accuracy", self.balanced_accuracy), visit("tpr", self.tpr), visit("fpr", self.fpr);
  }
};

struct GroupMetrics {
  std::int64_t n = 0;
  RecordedEstimate accuracy;  ///< its n is the group's
  // From version 3 of the metrics on, where the predictions have probabilities:
  std::optional<RecordedEstimate> standardised_gap;  ///< accuracy by the common mix of classes, less that of all images
  std::optional<RecordedEstimate> auroc, tpr_at_fpr_10, brier, ece;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("n", self.n), visit("accuracy", self.accuracy), visit("standardised_gap", self.standardised_gap);
    visit("auroc", self.auroc), visit("tpr_at_fpr_10", self.tpr_at_fpr_10), visit("brier", self.brier);
    visit("ece", self.ece);
  }
};

/// The pruning literature's sums over classes.
struct PruningSums {
  std::optional<RecordedEstimate> sum_abs_dtnr, sum_abs_dtpr, sum_abs_dtpr_plus_dfpr;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("sum_abs_dtnr", self.sum_abs_dtnr), visit("sum_abs_dtpr", self.sum_abs_dtpr);
    visit("sum_abs_dtpr_plus_dfpr", self.sum_abs_dtpr_plus_dfpr);
  }
};

struct BootstrapUsed {
  std::int64_t resamples = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("resamples", self.resamples);
  }
};

/// "metrics" of a run.json, and of a search's reported designs: what evaluate_predictions() writes. A metric that older
/// records lack is a std::optional; its column is a row in metric_columns.cc.
struct RunMetrics {
  std::int64_t n = 0;
  std::optional<std::int64_t> version;      ///< of the metrics; none: 1
  std::optional<std::int64_t> lesions;      ///< units that the rows belong to: lesions, people
  std::optional<std::int64_t> min_support;  ///< rows from which a rate counts
  std::optional<PairsUsed> pairs;
  std::optional<BootstrapUsed> bootstrap;
  RecordedEstimate accuracy;  ///< its n is that of all rows
  std::optional<RecordedEstimate> balanced_accuracy;
  std::optional<WorstGroup> worst_group;
  std::optional<RecordedEstimate> unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<PruningSums> pruning;
  // From version 3 of the metrics on:
  std::optional<RecordedEstimate> auroc, tpr_at_fpr_10, brier, ece;  ///< where the predictions have probabilities
  std::optional<WorstGroup> worst_group_balanced_accuracy;
  std::optional<RecordedEstimate> standardised_unfairness_sum;
  std::optional<OperatingPoint> operating_point;
  ByName<RecordedEstimate> recall;  ///< by class
  ByName<GroupMetrics> groups;      ///< "unknown" last
  ByName<std::string> definitions;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("n", self.n), visit("version", self.version), visit("lesions", self.lesions);
    visit("min_support", self.min_support);
    visit("pairs", self.pairs), visit("bootstrap", self.bootstrap), visit("accuracy", self.accuracy);
    visit("balanced_accuracy", self.balanced_accuracy), visit("worst_group", self.worst_group);
    visit("unfairness_mean", self.unfairness_mean), visit("unfairness_sum", self.unfairness_sum);
    visit("eodd", self.eodd), visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
    visit("pruning", self.pruning), visit("auroc", self.auroc), visit("tpr_at_fpr_10", self.tpr_at_fpr_10);
    visit("brier", self.brier), visit("ece", self.ece);
    visit("worst_group_balanced_accuracy", self.worst_group_balanced_accuracy);
    visit("standardised_unfairness_sum", self.standardised_unfairness_sum);
    visit("operating_point", self.operating_point), visit("recall", self.recall), visit("groups", self.groups);
    visit("definitions", self.definitions);
  }
};

/// Accuracies get the n that their record holds beside them.
inline void add_counts(RunMetrics& metrics) {
  metrics.accuracy.n = metrics.n;
  for (auto& [name, group] : metrics.groups.items) group.accuracy.n = group.n;
}

}  // namespace flnas
