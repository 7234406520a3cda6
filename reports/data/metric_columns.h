#pragma once

#include <string>
#include <vector>

#include "reports/data/measures.h"

namespace flnas::reports {

/// A metric as a column: what harness/metrics/metric_table.h says of it, and where it stands in each record.
struct Metric {
  MetricPlace at;
  /// What a fair model shows of it; null: not a measure of fairness, and higher is better.
  Place<FairNull> (*fair)(const Place<FairNulls>& nulls) = nullptr;
  /// Of two models on the same images; null: not compared.
  MetricDifference paired = nullptr;
  const char* paper = "";  ///< key in reports/paper/fl_nas.json; "" where the paper has none

  // From the table of metrics.
  std::string title = {}, note = {};
  NumberFormat format = {};
  std::string terms = {};  ///< what its terms are: "groups", "pairs"

  bool fairness() const { return fair != nullptr; }
  /// As the record calls it: "unfairness_sum".
  std::string key() const;
};

/// Metrics of Table I in its order. A new column is a member of RunMetrics and a row here; it is shown where a run has
/// it. Throws std::out_of_range where the table of metrics has none of that name.
const std::vector<Metric>& table_metrics();

/// The metrics that some usable run, or the constant predictor, has.
std::vector<Metric> shown_metrics(const ReportInputs& inputs);

/// The metric by its key; throws std::out_of_range.
const Metric& metric_named(const std::string& key);

}  // namespace flnas::reports
