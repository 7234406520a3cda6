#include "searches/training/read_training_detail.h"

#include <algorithm>
#include <cstdint>

#include "harness/evaluation/evaluate.h"
#include "harness/records/files.h"
#include "harness/records/predictions.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

/// Of two classes.
void add_probabilities(TrainingDetail& detail, const Predictions& predictions, const metrics::Outcomes& outcomes) {
  const auto positive = static_cast<std::size_t>(outcomes.positive);
  std::vector<double> scores;
  std::vector<std::uint8_t> is_positive;
  for (std::size_t i = 0; i < predictions.rows.size(); ++i) {
    const auto& probabilities = predictions.rows[i].probabilities;
    if (probabilities.size() <= positive) return;  // the file has answers alone
    scores.push_back(probabilities[positive]);
    is_positive.push_back(outcomes.labels[i] == outcomes.positive ? 1 : 0);
  }
  if (scores.empty()) return;
  const auto n = static_cast<double>(scores.size());
  double sum = 0;
  for (const double score : scores) sum += score;
  detail.positive = outcomes.classes[positive];
  detail.mean_probability = sum / n;
  detail.share = static_cast<double>(std::count(is_positive.begin(), is_positive.end(), 1)) / n;
  detail.best_threshold = metrics::choose_operating_point(scores, is_positive);
}

}  // namespace

TrainingDetail read_training_detail(const std::filesystem::path& run, const Adapter& adapter) {
  TrainingDetail detail;
  detail.epochs = flnas::read_history(run / kHistoryFile);
  const Json error = read_run(run).metrics.value("ece", Json(nullptr));
  if (error.is_object() && error.value("value", Json(nullptr)).is_number()) {
    detail.calibration_error = error["value"].get<double>();
  }
  const Predictions predictions = read_predictions(run / kPredictionsFile, attribute_columns(adapter));
  const Task task = task_of(predictions, adapter);
  const auto outcomes = outcomes_of(predictions, adapter, task, chosen_subset(predictions, "validation"));
  if (outcomes.classes.size() == 2 && outcomes.labels.size() == predictions.rows.size()) {
    add_probabilities(detail, predictions, outcomes);
  }
  return detail;
}

}  // namespace flnas::searches
