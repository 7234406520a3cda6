#include "harness/evaluation/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/evaluation/evaluate.h"

namespace flnas {
namespace {

using metrics::BootstrapConfig;

bool finished(const RunRecord& record) {
  return (record.status == kPassed || record.status == kMistrusted) && !record.metrics.is_null();
}

std::string subset_of(const RunRecord& record) {
  return record.metrics.at("subset").is_null() ? "" : record.metrics.at("subset").get<std::string>();
}

BootstrapConfig bootstrap_of(const RunRecord& record) {
  BootstrapConfig config;
  config.resamples = record.metrics.at("bootstrap").at("resamples").get<int>();
  config.seed = record.metrics.at("bootstrap").at("seed").get<std::uint64_t>();
  return config;
}

Answers answers_of(const Stored<RunRecord>& run, const std::filesystem::path& out, const std::string& adapter_file,
                   const BootstrapConfig& config) {
  const Adapter adapter = load_adapter(adapter_file.empty() ? run.record.data.adapter : adapter_file);
  const auto predictions = read_predictions(run.folder / "predictions.csv", attribute_columns(adapter));
  const std::string subset = subset_of(run.record);
  Answers answers{run.record.model.name, run.folder.lexically_relative(out).string(), {}, {}, {}};
  for (const auto& row : predictions.rows) {
    if (row.subset == subset) answers.images.push_back(row.image);
  }
  answers.outcomes = outcomes_of(predictions, adapter, task_of(predictions, adapter), subset);
  answers.resampled = metrics::resample(answers.outcomes, config);
  return answers;
}

}  // namespace

PairedAnswers read_answers(const Store& store, const std::string& adapter) {
  const auto& runs = store.results();
  const auto example = std::find_if(runs.begin(), runs.end(), [](const auto& run) { return finished(run.record); });
  if (example == runs.end()) {
    throw DataError(fmt::format("{}: no run has finished, there is nothing to compare", store.out.string()));
  }
  const Json& recorded = example->record.metrics;
  PairedAnswers paired{recorded.at("subset"), recorded.at("bootstrap"), bootstrap_of(example->record), {}, {}};
  auto& models = paired.models;
  for (const auto& run : runs) {
    const std::string& name = run.record.model.name;
    const bool known = std::any_of(models.begin(), models.end(), [&](const Answers& a) { return a.model == name; });
    if (known || !finished(run.record)) continue;
    Answers answers = answers_of(run, store.out, adapter, paired.config);
    if (models.empty() ||
        (answers.images == models[0].images && answers.outcomes.labels == models[0].outcomes.labels)) {
      models.push_back(std::move(answers));
    } else {
      paired.left_out[name] = "it answered other images than " + models[0].model;
    }
  }
  return paired;
}

}  // namespace flnas
