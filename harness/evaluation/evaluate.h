#pragma once

#include <string>

#include "datasets/adapters/adapter.h"
#include "harness/base/json.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/rates/support.h"
#include "harness/records/metrics_rules.h"
#include "harness/records/predictions.h"

namespace flnas {

/// The columns with raw attribute values that predictions of this data set have: "sex", "age".
std::vector<std::string> attribute_columns(const Adapter& adapter);

/// The task of the predictions: classes in the order of the p_ columns, or else of the adapter's task that covers the
/// labels. Classes that are in no task of the adapter are accepted if there are more than two; of two, one has to be
/// the positive one. Throws DataError with file and line for a class that the nearest task does not have.
Task task_of(const Predictions& predictions, const Adapter& adapter);

/// The subset that metrics are computed on: the only one in the file (blank if it has no such column), else `wanted`.
/// Throws DataError, naming the subsets of the file, if that has no rows.
std::string chosen_subset(const Predictions& predictions, const std::string& wanted);

/// The rows of one subset as plain arrays. Lesions are numbered in the order of their names, so that metrics do not
/// depend on the order of rows. Throws DataError with file and line on an unknown class or a bad attribute value.
metrics::Outcomes outcomes_of(const Predictions& predictions, const Adapter& adapter, const Task& task,
                              const std::string& subset);

/// The version of the metrics that evaluate_predictions() writes; old/README.md describes the older ones.
inline constexpr int kMetricsVersion = version_of(metrics::Rules::kNewest);

struct MetricsSettings {
  int min_support = metrics::kMinSupport;  ///< fewest rows for a rate to count; 0: the printed formulas
  metrics::BootstrapConfig bootstrap = {};
};

/// Every metric of the chosen subset, exactly as in run.json and in the output of `flnas metrics --json`: the keys of
/// evaluate_table().
Json evaluate_predictions(const Predictions& predictions, const Adapter& adapter, const Task& task,
                          const std::string& wanted, const MetricsSettings& settings = {});

}  // namespace flnas
