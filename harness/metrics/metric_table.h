// The table of metrics: what each is called, which way is better, its unit, how it is computed and where its interval
// comes from. Records' definitions, the columns of reports, `flnas metrics` and the objectives of searches read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas::metrics {

enum class Kind {
  kQuality,      ///< how often a model is right: accuracies, rates, AUROC
  kCalibration,  ///< what its probabilities are worth
  kFairness,     ///< gaps between groups; 0: alike in all groups
  kCost,         ///< what it takes to run the model: arithmetic or a measurement, not a figure of its answers
};

/// A row. Adding a metric is one row in metric_table.cc, and the code that writes its figure under this name: as a
/// member of a run's metrics (harness/evaluation/evaluate_table.cc) or of a design's cost.
struct MetricInfo {
  std::string name;   ///< as records call it: "unfairness_sum"
  std::string title;  ///< in lower case, as the field has it: "unfairness, sum"
  Kind kind = Kind::kQuality;
  bool lower_is_better = false;
  std::string unit;  ///< "%": a share that is shown in per cent; "": a plain number; of costs "us", "mJ", "bytes"
  bool is_objective = true;  ///< whether a search can go by it: it is one number of a model
  int version = 0;           ///< of its definition in records; 0: they hold none
  std::string meaning;       ///< how it is computed, without the name
  std::string interval;      ///< how its 95 % interval is made; blank: it has none
  std::string terms;         ///< what a fairness metric compares: "groups" or "pairs"; blank elsewhere

  bool in_percent() const { return unit == "%"; }

  /// "accuracy v1: share of rows whose prediction is the label", for records; blank where version is 0.
  std::string definition() const;
};

/// Every metric, in the order of tables: of counts, of scores, of groups, costs.
const std::vector<MetricInfo>& metric_table();

/// nullptr: there is none of this name.
const MetricInfo* find_metric(std::string_view name);

/// Throws std::out_of_range naming it where there is none.
const MetricInfo& metric_info(std::string_view name);

}  // namespace flnas::metrics
