#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"
#include "harness/records/store.h"

namespace flnas {

/// Metrics of version 1: the printed formulas, over all defined terms, with percentile intervals of a bootstrap over
/// lesions.
Json evaluate_version1(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const metrics::BootstrapConfig& bootstrap = {});

/// statistics.json of such metrics: rows are the unit of tests.
Json statistics_version1(const Store& store, const std::string& adapter = {});

}  // namespace flnas
