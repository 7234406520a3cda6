#include "harness/evaluation/old/again.h"

#include <algorithm>

#include "datasets/adapters/adapter_files.h"
#include "harness/evaluation/evaluate_table.h"
#include "harness/evaluation/old/version1.h"
#include "harness/evaluation/old/version2.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/files.h"

namespace flnas {

using metrics::Rules;

Json evaluate_again(const Predictions& predictions, const Adapter& adapter, const Task& task, const std::string& wanted,
                    const Json& recorded) {
  constexpr int kMostResamples = 100000;  // a record that asks for more is not waited for
  MetricsSettings settings;
  const Json drawn = recorded.value("bootstrap", Json::object());
  settings.bootstrap.resamples = std::clamp(drawn.value("resamples", settings.bootstrap.resamples), 1, kMostResamples);
  settings.bootstrap.seed = drawn.value("seed", settings.bootstrap.seed);
  const Rules rules = metrics_rules(recorded.value("version", 1));
  if (rules == Rules::kVersion1) return evaluate_version1(predictions, adapter, task, wanted, settings.bootstrap);
  settings.min_support = recorded.value("min_support", settings.min_support);
  if (rules == Rules::kVersion2) return evaluate_version2(predictions, adapter, task, wanted, settings);
  return evaluate_table({predictions, adapter, task, {}, {}, {}}, chosen_subset(predictions, wanted), settings, rules);
}

Json metrics_again(const std::filesystem::path& run, const std::string& adapter_file, const Json& recorded) {
  const RunRecord record = read_run(run);
  const Adapter adapter = adapter_file.empty() ? kept_adapter(run, record.data.adapter) : load_adapter(adapter_file);
  const auto predictions = read_predictions(run / kPredictionsFile, attribute_columns(adapter));
  return evaluate_again(predictions, adapter, task_of(predictions, adapter), "test", recorded);
}

Json statistics_again(const Store& store, const std::string& adapter, const Json& recorded) {
  const Rules rules = metrics_rules(recorded.value("metrics_version", 1));
  return rules == Rules::kVersion1 ? statistics_version1(store, adapter)
                                   : reproduction_statistics(store, adapter, rules);
}

}  // namespace flnas
