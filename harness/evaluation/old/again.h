#pragma once

#include <filesystem>
#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/records/store.h"

namespace flnas {

/// Recomputes the metrics of a record, by its version and with its resamples (at most 100,000), seed and support.
Json evaluate_again(const Predictions& predictions, const Adapter& adapter, const Task& task, const std::string& wanted,
                    const Json& recorded);

/// evaluate_again() of predictions.csv in a run's folder. `adapter`: a file in place of the one that the run names, or
/// blank.
Json metrics_again(const std::filesystem::path& run, const std::string& adapter, const Json& recorded);

/// Recomputes a study's statistics.json, by its version.
Json statistics_again(const Store& store, const std::string& adapter, const Json& recorded);

}  // namespace flnas
