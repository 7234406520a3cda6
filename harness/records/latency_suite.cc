#include "harness/records/latency_suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/base/error.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/records/digest.h"
#include "harness/records/summaries.h"

namespace flnas {
namespace {

/// What `flnas measure` of the first edition wrote. Its machine's state was kept in run.json, and so was what speaks
/// against it.
LatencySuite suite_of(const LatencySamples& samples) {
  LatencySuite suite;
  LatencyResult& result = suite.results.emplace_back();
  result.benchmark = fmt::format("batch:{}/threads:{}/form:{}", samples.batch, samples.threads, samples.form);
  result.batch = samples.batch;
  result.threads = samples.threads;
  result.form = samples.form;
  result.samples_us = samples.samples_us;
  result.latency = summarise_samples(samples.samples_us);
  return suite;
}

}  // namespace

LatencyStatistics summarise_samples(const std::vector<double>& samples_us) {
  LatencySamples samples;
  samples.samples_us = samples_us;
  const LatencySummary summary = summarise_latency(samples);
  std::vector<double> sorted = samples_us;
  std::sort(sorted.begin(), sorted.end());
  LatencyStatistics statistics;
  statistics.samples = summary.samples;
  statistics.minimum_us = sorted.front();
  statistics.mean_us = std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
  statistics.p50_us = summary.median_us;
  statistics.p50_low_us = summary.low_us;
  statistics.p50_high_us = summary.high_us;
  statistics.p90_us = *summary.p90_us;
  if (sorted.size() >= kLeastSamplesForP99) statistics.p99_us = metrics::quantile(sorted, 0.99);
  statistics.cv = *summary.cv;
  return statistics;
}

std::vector<double> pass_medians_us(const LatencyResult& result) {
  std::vector<double> medians;
  auto from = result.samples_us.begin();
  for (const std::int64_t taken : result.pass_samples) {
    if (taken < 1 || taken > result.samples_us.end() - from) return {};
    std::vector<double> pass(from, from + taken);
    std::sort(pass.begin(), pass.end());
    medians.push_back(metrics::quantile(pass, 0.5));
    from += taken;
  }
  return from == result.samples_us.end() ? medians : std::vector<double>();
}

void set_verdict(LatencySuite& suite, const std::vector<std::string>& about_all) {
  suite.reasons = about_all;
  for (const LatencyResult& result : suite.results) {
    if (result.status == kPassed) continue;
    suite.reasons.push_back(fmt::format("{}: {}: {}", result.benchmark, result.status, result.reason));
  }
  suite.verdict = suite.reasons.empty() ? kValid : kInvalid;
}

void write_latency_suite(const std::filesystem::path& file, const LatencySuite& suite) {
  write_with_digest(file, record_to_json(suite));
}

LatencySuite read_latency_suite(const std::filesystem::path& file) {
  const Json json = read_schema(file, LatencySuite{}.schema);
  if (json.is_object() && !json.contains("kind") && json.contains("samples_us")) {
    return suite_of(record_from_json<LatencySamples>(json, file.string()));
  }
  auto suite = record_from_json<LatencySuite>(json, file.string());
  for (LatencyResult& result : suite.results) result.status = current_word(result.status);
  if (suite.kind != LatencySuite{}.kind) {
    throw DataError(fmt::format("{}: kind '{}', not what flnas-bench wrote", file.string(), suite.kind));
  }
  return suite;
}

}  // namespace flnas
