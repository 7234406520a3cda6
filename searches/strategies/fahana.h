#pragma once

#include "harness/metrics/pareto.h"
#include "searches/core/evaluation.h"

namespace flnas::searches {

/// FaHaNa's reward and learning.
struct FahanaConfig {
  int batch = 4;        ///< proposals for each step of learning
  double accuracy = 1;  ///< weight of the balanced accuracy (of the accuracy, where there is no other) in the reward
  double unfairness = 0.5;  ///< weight of Unfairness (the sum over groups)
  double missed = -1;       ///< reward of a candidate that breaks a rule (shape, size limits) or cannot be trained
  double late = 0.5;        ///< penalty for a latency of twice the limit, proportional to the excess
};

/// Of a search that is told its objectives: 1 less their mean, each scaled by its range among the designs so far, so
/// that 1 is the best in all of them and 0 the worst.
double objectives_reward(const metrics::Point& objectives, const metrics::Bounds& range);

/// accuracy x balanced accuracy - unfairness x Unfairness - late x (latency / limit - 1, where it is above 0).
double fahana_reward(const Evaluation& evaluation, const FahanaConfig& config, std::optional<double> latency_limit_us);

}  // namespace flnas::searches
