// The report of `flnas metrics` for one file: every figure overall, by group and by attribute.
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

/// The keys of evaluate_table(), and "file", "unit": "row" or "unit", "units", "notes": [sentence]. Intersections are
/// in "groups" and "by_attribute" under "sex,age" and "sex=female,age=old"; they are not part of the totals, so that
/// requesting them changes nothing else. Throws ConfigError for an attribute that is unknown or crossed with itself,
/// and DataError as evaluate_predictions().
Json metrics_report(const PredictionTable& table, const MetricsReportOptions& options = {});

}  // namespace flnas
