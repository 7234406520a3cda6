#include "harness/records/design_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "harness/base/text.h"

namespace flnas {
namespace {

constexpr char kMeasured[] = "measured";

const MetricScore* further_score(const DesignScores& scores, std::string_view metric) {
  if (!scores.further) return nullptr;
  const auto found = std::ranges::find(*scores.further, metric, &MetricScore::name);
  return found == scores.further->end() ? nullptr : &*found;
}

/// Of the scores that have a member of their own.
std::optional<double> member_score(const DesignScores& scores, std::string_view metric) {
  std::optional<double> found;
  DesignScores::for_each_member(scores, [&](const char* key, const auto& value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::optional<double>>) {
      if (metric == key) found = value;
    }
  });
  return found;
}

std::optional<double> cost_figure(const DesignCost& cost, std::string_view metric) {
  if (metric == "latency") return cost.latency_us;
  if (metric == "energy") return cost.energy_mj;
  if (metric == "parameters") return static_cast<double>(cost.parameters);
  if (metric == "macs") return static_cast<double>(cost.macs);
  if (metric == "memory" && cost.memory_bytes > 0) return static_cast<double>(cost.memory_bytes);
  return std::nullopt;
}

bool is_cost(std::string_view metric) {
  const metrics::MetricInfo* info = metrics::find_metric(metric);
  return info != nullptr && info->kind == metrics::Kind::kCost;
}

}  // namespace

std::optional<double> design_figure(const DesignCost& cost, const DesignScores& scores, std::string_view metric) {
  if (is_cost(metric)) return cost_figure(cost, metric);
  if (const MetricScore* found = further_score(scores, metric)) return found->value;
  return member_score(scores, metric);
}

std::optional<double> design_figure_error(const DesignCost& cost, const DesignScores& scores, std::string_view metric) {
  if (is_cost(metric)) {
    const bool sampled = metric == "latency" && cost.latency_mark == kMeasured;
    if (!sampled) return 0.0;
    if (!cost.latency_low_us || !cost.latency_high_us) return std::nullopt;
    return (*cost.latency_high_us - *cost.latency_low_us) / (2 * kNormal95);
  }
  if (metric == "balanced_accuracy") return scores.balanced_accuracy_se;
  if (metric == "unfairness_sum") return scores.unfairness_se;
  const MetricScore* found = further_score(scores, metric);
  return found == nullptr ? std::nullopt : found->standard_error;
}

std::string design_figure_text(const std::optional<double>& figure, const metrics::MetricInfo& metric) {
  if (!figure) return "unknown";
  if (metric.in_percent()) return fmt::format("{:.2f} %", 100 * *figure);
  if (metric.unit == "us") return fmt::format("{:.3f} ms", *figure / 1e3);
  if (metric.unit == "bytes") return format_bytes(*figure);
  if (metric.kind == metrics::Kind::kCost && metric.unit.empty()) {
    return with_thousands(static_cast<std::int64_t>(*figure));
  }
  return fmt::format("{:.4f}{}", *figure, metric.unit.empty() ? "" : " " + metric.unit);
}

}  // namespace flnas
