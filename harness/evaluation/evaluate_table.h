// Every figure of a table of predictions: "metrics" in run.json, and the output of `flnas metrics --json`.
#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/prediction_table.h"
#include "harness/metrics/figures/group_figures.h"

namespace flnas {

/// Metrics of version 4 for the rows of one subset: the keys of counts (metrics_json.h), and
///
///     "positive": class or null, "class_n": {class: rows}
///     "auroc", "tpr_at_fpr_10", "brier", "ece", ...     every figure of group_figures.h for all rows
///     "worst_group_balanced_accuracy": {"name", "value", "low", "high"}
///     "standardised_unfairness_mean", "standardised_unfairness_sum": as "unfairness_sum", without "printed"
///     "groups": {name: {"attribute", "n", "units", "class_n": {class: rows}, "accuracy", "balanced_accuracy",
///                       "standardised_accuracy", "standardised_gap", "tpr", "fpr", "fnr", "tnr", "ppv",
///                       "selection_rate", "auroc", "tpr_at_fpr_10", "brier", "ece"}}
///     "by_attribute": {name: {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2", "worst_group",
///                             "worst_group_balanced_accuracy", "standardised_unfairness_mean",
///                             "standardised_unfairness_sum", "pairs", "unknown": {"n", "accuracy"}}}
///     "operating_point": null, or {"threshold", "chosen_on", "n": rows that it was chosen on, and figures}
///
/// Each figure is {"value", "low", "high"}, or null if undefined; ece also has "debiased". "low" and "high" are null if
/// there is not enough support for an interval (group_figures.h).
/// "operating_point": the threshold with the highest balanced accuracy on the rows of subset "validation", if the table
/// has them, applied to the chosen subset. If rows have a fold, each fold has its own threshold ("thresholds": {fold:
/// value} in place of "threshold"); the rows of a fold whose validation rows lack a class are left out of the figures
/// and counted ("left_out").
/// `rules`: kVersion3 or kVersion4, whose keys are the same.
Json evaluate_table(const PredictionTable& table, const std::string& subset, const MetricsSettings& settings = {},
                    metrics::Rules rules = metrics::Rules::kNewest);

/// The rows of one subset, with their scores and names.
PredictionTable subset_of(const PredictionTable& table, const std::string& subset);

/// The scores for group_figures(); without probabilities if the scores are not probabilities.
metrics::Scores scores_of(const PredictionTable& table);

/// {"value", "low", "high"}, or null where the value is undefined.
Json figure_json(const metrics::Estimate& estimate);

}  // namespace flnas
