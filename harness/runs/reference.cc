#include "harness/runs/reference.h"

#include <fmt/format.h>

#include "datasets/adapters/adapter_files.h"
#include "datasets/tables/features.h"
#include "harness/base/names.h"
#include "harness/base/system.h"
#include "harness/boosting/boosted_trees.h"
#include "harness/records/files.h"
#include "harness/runs/run_record.h"
#include "harness/train/predict.h"

namespace flnas {
namespace {

/// Rows of the table as the trees take them: categories as one column each.
std::vector<double> tree_features(const Examples& examples) {
  std::vector<double> values;
  for (std::size_t i = 0; i < examples.count(); ++i) {
    const float* row = examples.feature_row(i);
    for (std::size_t column = 0; column < examples.columns.size(); ++column) {
      if (examples.columns[column] == 0) values.push_back(row[column]);
      for (std::int64_t category = 1; category <= examples.columns[column]; ++category) {
        values.push_back(static_cast<std::int64_t>(row[column]) == category ? 1 : 0);
      }
    }
  }
  return values;
}

std::vector<double> tree_probabilities(const RunData& data, const BoostedTreesConfig& config) {
  const ExampleData examples = data.examples();
  std::vector<double> targets;
  for (const std::int64_t label : examples.train.label) targets.push_back(label == data.task().positive ? 1 : 0);
  const auto trees = BoostedTrees::fit(tree_features(examples.train), targets, config, BoostingLoss::kLogistic);
  return trees.predict(tree_features(examples.test));
}

std::vector<double> score_probabilities(const RunData& data, const ReferenceScore& score) {
  std::vector<double> probabilities;
  for (const ScoredRow& row : read_score(data.table(), score, data.split().test)) {
    probabilities.push_back(row.probability);
  }
  return probabilities;
}

/// The test part, answered by the probability of the positive class of two.
Predictions answered(const RunData& data, const std::vector<double>& probabilities) {
  const int positive = data.task().positive;
  Predictions predictions = predict_constant(data, "test", positive);
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    PredictionRow& row = predictions.rows[i];
    const auto share = static_cast<float>(probabilities[i]);
    row.probabilities = {1 - share, share};
    if (positive == 0) row.probabilities = {share, 1 - share};
    const bool yes = share >= 0.5F;
    row.prediction = predictions.classes[static_cast<std::size_t>(yes ? positive : 1 - positive)];
  }
  return predictions;
}

constexpr BoostedTreesConfig kTrees{.rounds = 200, .max_depth = 3};

/// What the row is called, and its answers.
Predictions answer(const RunData& data, const ReferenceRequest& request, ModelInfo& model) {
  model.name = request.name;
  model.classes = static_cast<int>(data.task().classes.size());
  if (request.name == kConstant) {
    const int majority = majority_class(data);
    model.title = fmt::format("Constant ({})", data.task().classes[static_cast<std::size_t>(majority)]);
    model.source = fmt::format("predicts the majority class of the training {}s", data.table().adapter.example);
    model.parameters = 0;
    model.macs = 0;
    return predict_constant(data, "test", majority);
  }
  const Adapter& adapter = data.table().adapter;
  find_name("reference", request.name, references_of(adapter, data.task()));
  if (request.name == kBoostedTrees) {
    model.title = "XGBoost";
    model.source = fmt::format("Chen and Guestrin, KDD 2016; {} trees of depth {}, XGBoost {}", kTrees.rounds,
                               kTrees.max_depth, xgboost_version());
    BoostedTreesConfig config = kTrees;
    config.seed = request.config.seed;
    return answered(data, tree_probabilities(data, config));
  }
  for (const ReferenceScore& score : adapter.scores) {
    if (score.name != request.name) continue;
    model.title = score.title;
    model.source = score.source;
    return answered(data, score_probabilities(data, score));
  }
  return {};
}

}  // namespace

std::vector<std::string> references_of(const Adapter& adapter, const Task& task) {
  std::vector<std::string> names;
  if (!adapter.is_table() || task.positive < 0 || task.classes.size() != 2) return names;
  names.emplace_back(kBoostedTrees);
  for (const ReferenceScore& score : adapter.scores) names.push_back(score.name);
  return names;
}

RunRecord run_reference(const ReferenceRequest& request) {
  const RunData data(request.data, request.config.task, request.config.size);
  ModelInfo model;
  const Predictions predictions = answer(data, request, model);
  const bool table = data.table().adapter.is_table();
  const TrainConfig effective = table ? effective_config(request.config, table) : request.config;
  RunRecord record = new_record(model, request.config, effective, data, {}, request.command);
  record.kind = request.name == kConstant ? kConstant : kReference;
  record.environment = {{"machine", describe_machine()}, {"build", describe_build()}};
  keep_adapter(data.table().adapter, request.out);
  record.metrics = write_and_evaluate(request.out, predictions, data, "test", request.min_support);
  finish(record, request.out, data, {}, {kAdapterFile, kPredictionsFile});
  return record;
}

}  // namespace flnas
