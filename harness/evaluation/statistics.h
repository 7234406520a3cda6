#pragma once

#include <optional>
#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/records/files.h"
#include "harness/records/store.h"

namespace flnas {

/// statistics.json of a reproduction, beside reproduce.json: what needs the predictions of several models, or more of
/// one model's than its record holds. Each model stands with its first finished run,
/// but for `trainings`, which holds what all seeds say together.
///
///     {"schema", "metrics_version", "subset", "n", "lesions", "min_support",
///      "bootstrap": as in run.json, with as many resamples as the number of comparisons needs,
///      "noise": {"draws", "seed", "unit"},
///      "counts": {group: {class: rows}},
///      "models": {model: {"run": folder,
///                         "noise": {metric: {"value", "mean", "low", "high", "p"}},     see metrics/null/fair_null.h
///                         "pairs": [{"first", "second", "eodd": {"value", "low", "high", "debiased"}, "eopp1",
///                         "eopp2"}]}},
///      "comparisons": {first: {second: {"only_first", "only_second": rows that one alone answers rightly,
///                                       "mcnemar": {"p", "p_holm"},
///                                       metric: {"value": first - second, "low", "high", "p", "p_holm"}}}},
///      "trainings": where a model was trained several times, see trainings.h,
///      "left_out": {model: why}}
///
/// Support, intervals and tests: metrics/rates/support.h, metrics/figures/figures.h and metrics/comparison/paired.h.
/// p_holm: corrected over all pairs of models for that metric. Metrics compared: balanced_accuracy, unfairness_sum,
/// eodd, eopp1, eopp2, worst_group; from version 3 of the metrics on auroc, tpr_at_fpr_10 and brier too, and noise is
/// that of all trainings of a model on the same images together. Undefined values are null. The constant predictor is
/// one of the models. Throws DataError where a listed run's predictions cannot be read or no run has finished.
Json reproduction_statistics(const Store& store, const std::string& adapter = {},
                             std::optional<metrics::Rules> rules = {});

/// Computes and writes OUT/statistics.json, with a digest.
void write_statistics(const std::filesystem::path& out);

}  // namespace flnas
