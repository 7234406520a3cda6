#include "searches/core/objectives.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/records/design_figures.h"

namespace flnas::searches {
namespace {

/// Whether the figure is estimated: " (estimated)"; blank where it is measured, counted or not known.
std::string mark_text(const DesignCost& cost, const std::string& metric) {
  const bool estimated = (metric == "latency" && cost.latency_mark == "estimated") ||
                         (metric == "energy" && cost.energy_mark == "estimated") || metric == "memory";
  return estimated ? " (estimated)" : "";
}

/// Parameters, multiply-accumulates.
bool is_counted(const metrics::MetricInfo& metric) {
  return metric.kind == metrics::Kind::kCost && metric.unit.empty();
}

}  // namespace

Objectives possible_objectives() {
  Objectives names;
  for (const metrics::MetricInfo& metric : metrics::metric_table()) {
    if (metric.is_objective) names.push_back(metric.name);
  }
  return names;
}

void require_objectives(const Objectives& objectives) {
  const Objectives possible = possible_objectives();
  for (auto name = objectives.begin(); name != objectives.end(); ++name) {
    find_name("objective of --objectives,", *name, possible);
    if (std::find(objectives.begin(), name, *name) != name) {
      throw ConfigError(fmt::format("--objectives names {} twice", *name));
    }
  }
}

Objectives usual_objectives(bool with_latency) {
  if (with_latency) return {"accuracy", "unfairness_sum", "latency", "parameters"};
  return {"accuracy", "unfairness_sum", "parameters"};
}

std::optional<double> objective_of(const Evaluation& evaluation, const std::string& metric) {
  const std::optional<double> figure = design_figure(evaluation.cost, evaluation.scores, metric);
  if (!figure || metrics::metric_info(metric).lower_is_better) return figure;
  return 1 - *figure;
}

metrics::Point point_of(const Evaluation& evaluation, const Objectives& objectives) {
  metrics::Point point;
  for (const std::string& metric : objectives) {
    const auto objective = objective_of(evaluation, metric);
    if (!objective) return {};
    point.push_back(*objective);
  }
  return point;
}

std::string objective_name(const std::string& metric) {
  const metrics::MetricInfo& info = metrics::metric_info(metric);
  if (!info.lower_is_better) return "1 - " + metric;
  if (metric == "latency") return "latency_us";
  return metric == "energy" ? "energy_mj" : metric;
}

std::vector<std::string> objective_names(const Objectives& objectives) {
  std::vector<std::string> names;
  for (const std::string& metric : objectives) names.push_back(objective_name(metric));
  return names;
}

std::string objectives_text(const Evaluation& evaluation, const Objectives& objectives) {
  std::vector<std::string> parts;
  for (const std::string& metric : objectives) {
    const metrics::MetricInfo& info = metrics::metric_info(metric);
    const auto figure = design_figure(evaluation.cost, evaluation.scores, metric);
    parts.push_back(fmt::format("{} {}{}", info.title, design_figure_text(figure, info),
                                figure ? mark_text(evaluation.cost, metric) : ""));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string wanted_text(const metrics::MetricInfo& metric) {
  if (is_counted(metric)) return "few " + metric.title;
  return (metric.lower_is_better ? "low " : "high ") + metric.title;
}

std::string goal_text(const Objectives& objectives) {
  std::vector<std::string> parts;
  for (const std::string& metric : objectives) {
    const metrics::MetricInfo& info = metrics::metric_info(metric);
    parts.push_back(fmt::format("{}{} ({})", is_counted(info) ? "" : "a ", wanted_text(info), info.meaning));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace flnas::searches
