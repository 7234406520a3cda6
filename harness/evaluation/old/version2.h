#pragma once

#include <string>

#include "harness/evaluation/evaluate.h"

namespace flnas {

/// Metrics of version 2: the keys of counts alone (metrics_json.h), by the rules of that version (Rules::kVersion2 in
/// metrics/intervals/rules.h).
Json evaluate_version2(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const MetricsSettings& settings = {});

}  // namespace flnas
