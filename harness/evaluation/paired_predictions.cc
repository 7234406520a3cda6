#include "harness/evaluation/paired_predictions.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/trainings.h"
#include "harness/metrics/comparison/paired.h"
#include "harness/metrics/figures/figures.h"
#include "harness/records/files.h"

namespace flnas {
namespace {

using metrics::Rules;

bool finished(const RunRecord& record) {
  return (record.status == kPassed || record.status == kUnreliable) && !record.metrics.is_null();
}

std::string subset_of(const RunRecord& record) {
  return record.metrics.at("subset").is_null() ? "" : record.metrics.at("subset").get<std::string>();
}

MetricsSettings settings_of(const RunRecord& record, Rules rules) {
  MetricsSettings settings;
  settings.bootstrap.resamples = record.metrics.at("bootstrap").at("resamples").get<int>();
  settings.bootstrap.seed = record.metrics.at("bootstrap").at("seed").get<std::uint64_t>();
  settings.min_support = rules == Rules::kVersion1 ? 0 : record.metrics.value("min_support", settings.min_support);
  return settings;
}

ModelPredictions predictions_of(const Stored<RunRecord>& run, const std::filesystem::path& out,
                                const std::string& adapter_file) {
  const Adapter adapter =
      adapter_file.empty() ? kept_adapter(run.folder, run.record.data.adapter) : load_adapter(adapter_file);
  const auto predictions = read_predictions(run.folder / kPredictionsFile, attribute_columns(adapter));
  const std::string subset = subset_of(run.record);
  ModelPredictions model{run.record.model.name, run.folder.lexically_relative(out).string(), {}, {}, {}, {}};
  for (const auto& row : predictions.rows) {
    if (row.subset != subset) continue;
    model.images.push_back(row.image);
    auto& all = model.scores.probabilities;
    all.insert(all.end(), row.probabilities.begin(), row.probabilities.end());
  }
  model.outcomes = outcomes_of(predictions, adapter, task_of(predictions, adapter), subset);
  return model;
}

/// Draws every metric of every model.
void draw(PairedPredictions& paired) {
  const bool resamples = paired.rules == Rules::kVersion1;
  auto& models = paired.models;
  if (models.empty()) return;
  auto& config = paired.settings.bootstrap;
  if (!resamples) {
    const auto count = static_cast<int>(models.size());
    config.resamples = metrics::resamples_for(count * (count - 1) / 2, config.resamples);
    paired.bootstrap["resamples"] = config.resamples;
  }
  const auto& rows = models[0].outcomes;
  const auto support = metrics::support_of(rows, metrics::tally(rows), paired.settings.min_support);
  for (ModelPredictions& model : models) {
    model.resampled =
        resamples ? metrics::resample(model.outcomes, config) : metrics::weigh(model.outcomes, support, config);
  }
}

}  // namespace

PairedPredictions read_paired_predictions(const Store& store, const std::string& adapter, std::optional<Rules> wanted) {
  const auto& runs = store.results();
  const auto example = std::find_if(runs.begin(), runs.end(), [](const auto& run) { return finished(run.record); });
  if (example == runs.end()) {
    throw DataError(fmt::format("{}: no run has finished, there is nothing to compare", store.out.string()));
  }
  const Json& recorded = example->record.metrics;
  const Rules rules = wanted ? *wanted : metrics_rules(recorded.value("version", 1));
  PairedPredictions paired{
      recorded.at("subset"), recorded.at("bootstrap"), settings_of(example->record, rules), rules, {}, {}};
  auto& models = paired.models;
  for (const auto& run : runs) {
    const std::string& name = run.record.model.name;
    const bool known =
        std::any_of(models.begin(), models.end(), [&](const ModelPredictions& a) { return a.model == name; });
    if (known || !finished(run.record)) continue;
    ModelPredictions model = predictions_of(run, store.out, adapter);
    if (models.empty() || (model.images == models[0].images && model.outcomes.labels == models[0].outcomes.labels)) {
      models.push_back(std::move(model));
    } else {
      paired.left_out[name] = "it answered other images than " + models[0].model;
    }
  }
  draw(paired);
  return paired;
}

std::map<std::string, std::vector<ModelPredictions>> read_trainings(const Store& store, const PairedPredictions& paired,
                                                                    const std::string& adapter) {
  std::map<std::string, std::vector<ModelPredictions>> trainings;
  for (const ModelPredictions& model : paired.models) {
    const auto& rows = model.outcomes;
    const auto support = metrics::support_of(rows, metrics::tally(rows), paired.settings.min_support);
    std::vector<ModelPredictions> runs{model};
    for (const auto& run : store.results()) {
      if (run.record.model.name != model.model || !finished(run.record)) continue;
      ModelPredictions other = predictions_of(run, store.out, adapter);
      if (other.run == model.run || other.images != model.images) continue;
      other.resampled = metrics::weigh(other.outcomes, support, paired.settings.bootstrap);
      runs.push_back(std::move(other));
    }
    if (runs.size() > 1) trainings[model.model] = std::move(runs);
  }
  return trainings;
}

}  // namespace flnas
