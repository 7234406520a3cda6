#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/evaluation/paired_predictions.h"
#include "harness/metrics/comparison/two_level.h"

namespace flnas {

/// The finished runs of each model that has several (one per training seed), that of `paired` first, on the same images
/// and with the same draws. `adapter` and errors as for read_paired_predictions.
std::map<std::string, std::vector<ModelPredictions>> read_trainings(const Store& store, const PairedPredictions& paired,
                                                                    const std::string& adapter = {});

/// A metric of each of them, on the rows and on every draw; `metric` as in metrics::kMetricNames.
metrics::Trainings trainings_of(const std::vector<ModelPredictions>& runs, const std::string& metric);

/// Their mean, as one training.
metrics::Trainings mean_of(const metrics::Trainings& trainings);

/// The results over several trainings of the same models (metrics/comparison/two_level.h): "trainings" in
/// statistics.json, if a model has at least two finished runs (with crossfit, two seeds in all folds). `trainings`:
/// read_trainings().
///
///     {"models": {model: {"runs": [folder],
///                         metric: {"mean", "low", "high", "sampling_sd", "training_sd"}}},
///      "comparisons": {first: {second: {metric: {"value": mean of first - mean of second, "low", "high", "p",
///      "p_holm"}}}}}
///
/// Metrics: accuracy, balanced_accuracy, worst_group, from version 3 of the metrics on auroc, tpr_at_fpr_10 and
/// brier, and unfairness_sum, eodd, eopp1, eopp2. Of the last four low and high
/// are null in "models": noise moves sums of absolute gaps upwards, so that a mean of them is no estimate to put an
/// interval around; their differences are compared.
Json trainings_json(const std::map<std::string, std::vector<ModelPredictions>>& trainings,
                    metrics::Rules rules = metrics::Rules::kNewest);

}  // namespace flnas
