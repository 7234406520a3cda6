// What `flnas metrics` says of one file: every figure overall, by group and by attribute.
#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/prediction_table.h"
#include "harness/metrics/group_figures.h"

namespace flnas {

struct MetricsReportOptions {
  std::string subset = "test";     ///< where the file names more than one
  std::vector<std::string> cross;  ///< attributes whose intersections are groups too: {"sex", "age"}
  MetricsSettings settings;
};

/// evaluate_predictions()'s keys, and
///
///     "file", "unit": "row" or "unit", "units", "positive": class or null
///     "auroc", "tpr_at_fpr_10", "brier", "ece", ...     every figure of group_figures.h for all rows
///     "worst_group_balanced_accuracy": {"name", "value", "low", "high"}
///     "groups": {name: {"attribute", "n", "units", "class_n": {class: rows}, "accuracy", "balanced_accuracy",
///                       "standardised_accuracy", "standardised_gap", "tpr", "fpr", "fnr", "tnr", "ppv",
///                       "selection_rate", "auroc", "tpr_at_fpr_10", "brier", "ece"}}
///     "by_attribute": {name: {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2", "worst_group",
///                             "worst_group_balanced_accuracy", "standardised_unfairness_mean", "pairs",
///                             "unknown": {"n", "accuracy"}}}
///     "operating_point": null, or {"threshold", "chosen_on", "n": rows that it was chosen on, and figures}
///     "notes": [sentence]
///
/// Each figure is {"value", "low", "high"}, or null where it is undefined; low and high are null where there is no
/// interval that holds ("definitions" says why). Intersections stand in "groups" and "by_attribute" under "sex,age" and
/// "sex=female,age=old"; the totals do not hold them, so that asking for them changes nothing else.
/// "standardised_gap": standardised_accuracy less the accuracy of all rows. "operating_point": the threshold of the
/// highest balanced accuracy on the rows of subset "validation", applied to those of the chosen one.
/// Throws ConfigError for an attribute that is unknown or crossed with itself, DataError as evaluate_predictions().
Json metrics_report(const PredictionTable& table, const MetricsReportOptions& options = {});

/// The rows of one subset, with their scores and names.
PredictionTable subset_of(const PredictionTable& table, const std::string& subset);

/// What group_figures() takes. No probabilities where scores are none.
metrics::Scores scores_of(const PredictionTable& table);

/// The adapter with some of its attributes, by name, and their pairs.
Adapter with_attributes(const Adapter& adapter, const std::vector<std::string>& names);

/// {"value", "low", "high"}, or null where the value is undefined.
Json figure_json(const metrics::Estimate& estimate);

}  // namespace flnas
