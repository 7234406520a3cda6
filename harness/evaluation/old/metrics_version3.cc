#include "harness/evaluation/evaluate_table.h"
#include "harness/evaluation/old/version3.h"

namespace flnas {

Json evaluate_version3(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const MetricsSettings& settings) {
  return evaluate_table({predictions, adapter, task, {}, {}, {}}, chosen_subset(predictions, wanted), settings,
                        metrics::Rules::kVersion3);
}

}  // namespace flnas
