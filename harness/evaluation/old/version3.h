#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"

namespace flnas {

/// Metrics of version 3: the keys of evaluate_table() with the intervals of that version (Rules::kVersion3 in
/// metrics/intervals/rules.h).
Json evaluate_version3(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const MetricsSettings& settings = {});

}  // namespace flnas
