#include "harness/evaluation/metrics_json.h"
#include "harness/evaluation/old/version2.h"

namespace flnas {

Json evaluate_version2(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const MetricsSettings& settings) {
  const std::string subset = chosen_subset(predictions, wanted);
  const metrics::Outcomes outcomes = outcomes_of(predictions, adapter, task, subset);
  const metrics::Measured measured =
      metrics::measure(outcomes, settings.min_support, settings.bootstrap, metrics::Rules::kVersion2);
  return measured_json(outcomes, measured, subset, settings);
}

}  // namespace flnas
