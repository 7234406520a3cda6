#include "reports/data/metric_columns.h"

#include <algorithm>
#include <stdexcept>

#include "harness/metrics/metric_table.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

template <auto Member>
Place<RecordedEstimate> in_run(const Place<RunMetrics>& metrics) {
  return metrics.at(Member);
}
template <auto Member>
Place<FairNull> in_nulls(const Place<FairNulls>& nulls) {
  return nulls.at(Member);
}

/// Shares in per cent with two digits, gaps with four, figures of scores with three.
NumberFormat format_of(const metrics::MetricInfo& info) {
  if (info.in_percent()) return {.digits = 2, .scale = 100};
  return {.digits = info.kind == metrics::Kind::kFairness ? 4 : 3};
}

/// With what the table of metrics says of it.
Metric described(Metric metric) {
  const metrics::MetricInfo& info = metrics::metric_info(metric.key());
  metric.title = capitalised(info.title);
  metric.note = info.kind == metrics::Kind::kFairness ? "lower is fairer" : info.unit;
  metric.format = format_of(info);
  metric.terms = info.terms;
  return metric;
}

}  // namespace

std::string Metric::key() const { return at(metrics_of(nullptr)).name(); }

const std::vector<Metric>& table_metrics() {
  static const std::vector<Metric> metrics{
      described({.at = in_run<&RunMetrics::accuracy>, .paired = &MetricDifferences::accuracy, .paper = "accuracy"}),
      described({.at = in_run<&RunMetrics::balanced_accuracy>, .paired = &MetricDifferences::balanced_accuracy}),
      described({.at = in_run<&RunMetrics::auroc>, .paired = &MetricDifferences::auroc}),
      described({.at = in_run<&RunMetrics::unfairness_sum>,
                 .fair = in_nulls<&FairNulls::unfairness_sum>,
                 .paired = &MetricDifferences::unfairness_sum,
                 .paper = "unfairness"}),
      described({.at = in_run<&RunMetrics::unfairness_mean>,
                 .fair = in_nulls<&FairNulls::unfairness_mean>,
                 .paper = "unfairness"}),
      described({.at = in_run<&RunMetrics::eodd>,
                 .fair = in_nulls<&FairNulls::eodd>,
                 .paired = &MetricDifferences::eodd,
                 .paper = "eodd"}),
      described({.at = in_run<&RunMetrics::eopp1>,
                 .fair = in_nulls<&FairNulls::eopp1>,
                 .paired = &MetricDifferences::eopp1,
                 .paper = "eopp1"}),
      described({.at = in_run<&RunMetrics::eopp2>,
                 .fair = in_nulls<&FairNulls::eopp2>,
                 .paired = &MetricDifferences::eopp2,
                 .paper = "eopp2"}),
  };
  return metrics;
}

std::vector<Metric> shown_metrics(const ReportInputs& inputs) {
  std::vector<Metric> shown;
  bool any_run = false;
  const auto has = [&](const Run& run, const Metric& metric) { return run.usable() && metric.at(metrics_of(&run)); };
  for (const Run& run : inputs.runs) any_run = any_run || (run.usable() && run.metrics);
  for (const Metric& metric : table_metrics()) {
    const bool found =
        (inputs.constant && has(*inputs.constant, metric)) ||
        std::any_of(inputs.runs.begin(), inputs.runs.end(), [&](const Run& run) { return has(run, metric); });
    if (found || !any_run) shown.push_back(metric);
  }
  return shown;
}

const Metric& metric_named(const std::string& key) {
  for (const Metric& metric : table_metrics()) {
    if (metric.key() == key) return metric;
  }
  throw std::out_of_range("no metric " + key);
}

}  // namespace flnas::reports
