#include "searches/training/objective_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <vector>

#include "harness/metrics/metric_table.h"

namespace flnas::searches {
namespace {

/// In the lines of the history and of the best design (history_text.cc, design_text.cc).
constexpr const char* kAlwaysTold[] = {"accuracy", "balanced_accuracy", "worst_group", "auroc",  "unfairness_sum",
                                       "eodd",     "parameters",        "macs",        "latency"};

bool is_told(const metrics::MetricInfo& metric, const PromptParts& parts) {
  if (metric.kind == metrics::Kind::kFairness) return parts.fairness != "none";
  return metric.kind != metrics::Kind::kCost || parts.hardware;
}

}  // namespace

std::string objective_lines(const Objectives& objectives, const PromptParts& parts) {
  std::vector<std::string> lines;
  for (const std::string& name : objectives) {
    const metrics::MetricInfo& metric = metrics::metric_info(name);
    if (!is_told(metric, parts)) continue;
    std::string wanted = wanted_text(metric);
    wanted[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(wanted[0])));
    lines.push_back(fmt::format("{}. {}: {}.", lines.size() + 1, wanted, metric.meaning));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

Objectives further_objectives(const Objectives& objectives, const PromptParts& parts) {
  Objectives further;
  for (const std::string& name : objectives) {
    const bool always = std::find(std::begin(kAlwaysTold), std::end(kAlwaysTold), name) != std::end(kAlwaysTold);
    if (!always && is_told(metrics::metric_info(name), parts)) further.push_back(name);
  }
  return further;
}

}  // namespace flnas::searches
