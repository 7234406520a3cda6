#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/metrics_rules.h"
#include "harness/records/run_metrics.h"

namespace flnas {

/// A metric beside what fair models of the same accuracy show.
struct FairNull {
  std::optional<double> value;            ///< of the model
  std::optional<double> mean, low, high;  ///< of fair models; 5th and 95th percentile
  std::optional<double> p;                ///< share of fair models that show at least `value`

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("value", self.value), visit("mean", self.mean), visit("low", self.low), visit("high", self.high);
    visit("p", self.p);
  }
};

struct FairNulls {
  std::optional<FairNull> unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("unfairness_mean", self.unfairness_mean), visit("unfairness_sum", self.unfairness_sum);
    visit("eodd", self.eodd), visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
  }
};

struct GroupPair {
  std::string first, second;
  std::optional<RecordedEstimate> eodd, eopp1, eopp2;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("first", self.first), visit("second", self.second), visit("eodd", self.eodd);
    visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
  }
};

struct ModelStatistics {
  std::optional<FairNulls> noise;
  std::vector<GroupPair> pairs;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("noise", self.noise), visit("pairs", self.pairs);
  }
};

/// First minus second on the same images; p_holm: corrected for the number of pairs of models.
struct PairedEstimate {
  std::optional<double> value, low, high, p_holm, p;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("value", self.value), visit("low", self.low), visit("high", self.high), visit("p_holm", self.p_holm);
    visit("p", self.p);
  }
};

struct McNemar {
  std::optional<double> p_holm;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("p_holm", self.p_holm);
  }
};

/// One model less another, metric by metric.
struct MetricDifferences {
  std::optional<PairedEstimate> accuracy, balanced_accuracy, worst_group, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<PairedEstimate> auroc, tpr_at_fpr_10, brier;  ///< from version 3 of the metrics on

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("worst_group", self.worst_group), visit("unfairness_sum", self.unfairness_sum);
    visit("eodd", self.eodd), visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
    visit("auroc", self.auroc), visit("tpr_at_fpr_10", self.tpr_at_fpr_10), visit("brier", self.brier);
  }
};
/// One of them: &MetricDifferences::eodd.
using MetricDifference = std::optional<PairedEstimate> MetricDifferences::*;

/// Of the first training of each model.
struct PairComparison : MetricDifferences {
  std::optional<std::int64_t> only_first, only_second;  ///< rows that one alone answers rightly
  std::optional<McNemar> mcnemar;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("only_first", self.only_first), visit("only_second", self.only_second), visit("mcnemar", self.mcnemar);
    MetricDifferences::for_each_member(self, visit);
  }
};

/// A metric over several trainings of a model (harness/evaluation/trainings.h).
struct TrainedMetric {
  std::optional<double> mean, low, high;
  std::optional<double> sampling_sd;  ///< of the mean, by lesions
  std::optional<double> training_sd;  ///< of one training, by seeds

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("mean", self.mean), visit("low", self.low), visit("high", self.high);
    visit("sampling_sd", self.sampling_sd), visit("training_sd", self.training_sd);
  }
};

struct ModelTrainings {
  std::vector<std::string> runs;
  std::optional<TrainedMetric> accuracy, balanced_accuracy, worst_group, unfairness_sum, eodd, eopp1, eopp2;
  std::optional<TrainedMetric> auroc;  ///< from version 3 of the metrics on

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("runs", self.runs), visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("worst_group", self.worst_group), visit("unfairness_sum", self.unfairness_sum);
    visit("eodd", self.eodd), visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
    visit("auroc", self.auroc);
  }
};

struct TrainingsStatistics {
  ByName<ModelTrainings> models;
  ByName<ByName<MetricDifferences>> comparisons;  ///< mean of the first model's trainings minus mean of the second's

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("models", self.models), visit("comparisons", self.comparisons);
  }
};

struct NoiseUsed {
  std::int64_t draws = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("draws", self.draws);
  }
};

/// statistics.json: models of a study compared (harness/evaluation/statistics.h, which writes it).
struct StatisticsRecord {
  std::optional<std::int64_t> metrics_version;  ///< none: 1, whose tests took rows as the unit
  std::optional<std::int64_t> n;                ///< test images
  std::optional<std::int64_t> lesions;          ///< units that they belong to: lesions, people
  std::optional<BootstrapUsed> bootstrap;
  std::optional<NoiseUsed> noise;
  ByName<ByName<std::int64_t>> counts;           ///< test images by group and class
  ByName<ModelStatistics> models;                ///< "constant" among them
  ByName<ByName<PairComparison>> comparisons;    ///< each pair once, in either order; so too those of trainings
  std::optional<TrainingsStatistics> trainings;  ///< none where no model was trained twice

  /// Of its version of the metrics; throws DataError on an unknown one.
  metrics::Rules rules() const { return metrics_rules(metrics_version.value_or(1)); }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("metrics_version", self.metrics_version), visit("n", self.n), visit("lesions", self.lesions);
    visit("bootstrap", self.bootstrap), visit("noise", self.noise);
    visit("counts", self.counts), visit("models", self.models), visit("comparisons", self.comparisons);
    visit("trainings", self.trainings);
  }
};

/// What the record says of two models by a metric.
struct FoundDifference {
  PairedEstimate estimate;      ///< first minus second
  bool swapped = false;         ///< it stands there as second against first
  bool over_trainings = false;  ///< of means over all trainings of both; else of the first one of each
};

/// Over all trainings where both models have several, else of the first one of each; none where no value is known.
std::optional<FoundDifference> difference_between(const StatisticsRecord& statistics, const std::string& first,
                                                  const std::string& second, MetricDifference metric);

}  // namespace flnas
