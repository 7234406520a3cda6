// What a search goes by: any metrics of the table (harness/metrics/metric_table.h) that are one number of a design.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/metrics/metric_table.h"
#include "harness/metrics/pareto.h"
#include "searches/core/evaluation.h"

namespace flnas::searches {

/// Names of metrics, where their order matters the most important first.
using Objectives = std::vector<std::string>;

/// Every metric that a search can go by, in the order of the table.
Objectives possible_objectives();

/// Throws ConfigError for a name that is unknown (naming the nearest), or stands there twice.
void require_objectives(const Objectives& objectives);

/// What searches by training go by unless they are told otherwise: accuracy, Unfairness (sum), latency where designs
/// have one, parameters.
Objectives usual_objectives(bool with_latency);

/// To be minimised: the figure, or 1 - figure where higher is better (all of these are shares). Empty where it is not
/// known.
std::optional<double> objective_of(const Evaluation& evaluation, const std::string& metric);

/// The objectives of an evaluation; empty where one of them is not known.
metrics::Point point_of(const Evaluation& evaluation, const Objectives& objectives);

/// "1 - accuracy", "unfairness_sum", "latency_us": what objective_of() gives.
std::string objective_name(const std::string& metric);
std::vector<std::string> objective_names(const Objectives& objectives);

/// "AUROC 0.8123, latency 21.500 ms (estimated)": these figures of an evaluation, for prompts and terminals.
std::string objectives_text(const Evaluation& evaluation, const Objectives& objectives);

/// "high AUROC", "low latency", "few parameters".
std::string wanted_text(const metrics::MetricInfo& metric);

/// "a high AUROC (area under the ROC curve; ...), a low latency (...)": what is to be made better.
std::string goal_text(const Objectives& objectives);

}  // namespace flnas::searches
