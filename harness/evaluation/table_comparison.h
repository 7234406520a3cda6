// The differences between the figures of several files: `flnas metrics a.csv b.csv`.
#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/evaluation/metrics_report.h"

namespace flnas {

/// Every pair of tables:
///
///     [{"first", "second": file, "paired": bool, "by": "id", "row" or null, "n": rows that are compared,
///       "only_first", "only_second": rows without a partner,
///       "differences": {figure: {"value": first - second, "low", "high", "p", "p_holm"} or null}}]
///
/// Rows are paired by their names, where files have them, else by their place, where labels, groups and units agree in
/// each: then both answers to a row are resampled together, and what is common to them cancels. Without either, files
/// are taken for independent samples. p: two-sided, from the resamples; p_holm: over all pairs of files for that
/// figure. Figures: accuracy, balanced_accuracy, tpr, fpr, auroc, brier, worst_group, unfairness_mean, unfairness_sum,
/// eodd, eopp1, eopp2. Throws DataError where two files have rows of the same name with other labels, or different
/// classes.
Json compare_tables(const std::vector<PredictionTable>& tables, const MetricsReportOptions& options = {});

}  // namespace flnas
