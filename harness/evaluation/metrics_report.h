// What `flnas metrics` says of one file: every figure overall, by group and by attribute.
#pragma once

#include <string>
#include <vector>

#include "harness/evaluation/evaluate_table.h"

namespace flnas {

struct MetricsReportOptions {
  std::string subset = "test";     ///< where the file names more than one
  std::vector<std::string> cross;  ///< attributes whose intersections are groups too: {"sex", "age"}
  MetricsSettings settings;
};

/// evaluate_table()'s keys, and "file", "unit": "row" or "unit", "units", "notes": [sentence]. Intersections stand in
/// "groups" and "by_attribute" under "sex,age" and "sex=female,age=old"; the totals do not hold them, so that asking
/// for them changes nothing else. Throws ConfigError for an attribute that is unknown or crossed with itself, DataError
/// as evaluate_predictions().
Json metrics_report(const PredictionTable& table, const MetricsReportOptions& options = {});

}  // namespace flnas
