#include "harness/evaluation/pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/evaluation/evaluate.h"
#include "harness/records/convergence.h"
#include "harness/records/files.h"

namespace flnas {
namespace {

constexpr char kSubset[] = "test", kValidation[] = "validation";

using Folds = std::vector<Stored<RunRecord>>;

/// The settings without what changes nothing that is learned.
Json learned_with(const RunRecord& record) {
  Json settings = record.effective;
  settings.erase("threads");
  return settings;
}

void require_one_model(const Folds& folds) {
  if (folds.empty()) throw DataError("no fold to pool");
  const RunRecord& first = folds[0].record;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const RunRecord& record = folds[i].record;
    const char* differs = record.model.name != first.model.name                         ? "model"
                          : record.seed != first.seed                                   ? "seed"
                          : learned_with(record) != learned_with(first)                 ? "settings"
                          : record.data.fingerprint != first.data.fingerprint           ? "data"
                          : record.data.split_sha256 != first.data.split_sha256         ? "split"
                          : record.fold.value_or(0) != static_cast<std::int64_t>(i) + 1 ? "order of folds"
                                                                                        : nullptr;
    if (differs == nullptr) continue;
    throw DataError(fmt::format("{}: cannot be pooled with {}: another {}", folds[i].folder.string(),
                                folds[0].folder.string(), differs));
  }
}

/// Mean over the folds of a figure that all have; else null.
template <class T>
std::optional<double> mean_of(const Folds& folds, T TrainingSummary::*member) {
  double sum = 0;
  for (const auto& fold : folds) {
    if (!fold.record.training) return std::nullopt;
    const auto& value = (*fold.record.training).*member;
    if constexpr (requires { value.has_value(); }) {
      if (!value) return std::nullopt;
      sum += static_cast<double>(*value);
    } else {
      sum += static_cast<double>(value);
    }
  }
  return sum / static_cast<double>(folds.size());
}

std::optional<TrainingSummary> pool_training(const Folds& folds) {
  const auto seconds = mean_of(folds, &TrainingSummary::seconds);
  const auto epochs = mean_of(folds, &TrainingSummary::epochs_run), best = mean_of(folds, &TrainingSummary::best_epoch);
  if (!epochs || !best) return std::nullopt;
  TrainingSummary pooled;
  pooled.epochs_run = static_cast<int>(std::lround(*epochs));
  pooled.best_epoch = static_cast<int>(std::lround(*best));
  pooled.train_loss = mean_of(folds, &TrainingSummary::train_loss);
  pooled.train_accuracy = mean_of(folds, &TrainingSummary::train_accuracy);
  pooled.validation_loss = mean_of(folds, &TrainingSummary::validation_loss);
  pooled.validation_accuracy = mean_of(folds, &TrainingSummary::validation_accuracy);
  if (seconds) pooled.seconds = *seconds * static_cast<double>(folds.size());
  pooled.data_wait_share = mean_of(folds, &TrainingSummary::data_wait_share);
  std::vector<std::optional<bool>> converged;
  for (const auto& fold : folds) {
    const TrainingSummary& one = *fold.record.training;
    pooled.stopped_early = pooled.stopped_early || one.stopped_early;
    if (one.peak_bytes) pooled.peak_bytes = std::max(pooled.peak_bytes.value_or(0), *one.peak_bytes);
    converged.push_back(one.converged);
  }
  pooled.converged = all_converged(converged);
  return pooled;
}

Predictions pool_predictions(const Folds& folds, const Adapter& adapter) {
  Predictions pooled;
  for (const auto& fold : folds) {
    Predictions one = read_predictions(fold.folder / kPredictionsFile, attribute_columns(adapter));
    if (&fold == &folds.front()) pooled.attributes = one.attributes, pooled.classes = one.classes;
    if (one.attributes != pooled.attributes || one.classes != pooled.classes) {
      throw DataError(fmt::format("{}: has other columns than the predictions of the first fold", one.where));
    }
    for (auto& row : one.rows) {
      if (row.subset != kSubset && row.subset != kValidation) continue;
      row.fold = std::to_string(fold.record.fold.value_or(0));
      pooled.rows.push_back(std::move(row));
    }
  }
  const bool chosen = std::any_of(pooled.rows.begin(), pooled.rows.end(),
                                  [](const PredictionRow& row) { return row.subset == kValidation; });
  for (auto& row : pooled.rows) {
    if (!chosen) row.fold.clear();  // nothing is said of folds
  }
  const auto place = [](const PredictionRow& row) { return std::tie(row.subset, row.image, row.fold); };
  std::sort(pooled.rows.begin(), pooled.rows.end(),
            [&](const PredictionRow& a, const PredictionRow& b) { return place(a) < place(b); });
  const auto same = [](const PredictionRow& a, const PredictionRow& b) {
    return a.subset == kSubset && b.subset == kSubset && a.image == b.image;
  };
  if (const auto twice = std::adjacent_find(pooled.rows.begin(), pooled.rows.end(), same); twice != pooled.rows.end()) {
    throw DataError(fmt::format("{}: image '{}' is predicted in two folds; they are not of one split",
                                folds[0].folder.string(), twice->image));
  }
  return pooled;
}

}  // namespace

PooledRun pool_folds(const Folds& folds, const std::filesystem::path& out, const Adapter& adapter) {
  require_one_model(folds);
  PooledRun pooled{folds[0].record, pool_predictions(folds, adapter)};
  RunRecord& record = pooled.record;
  record.schema = kRunSchema;
  record.kind = kPooled;
  record.fold.reset();
  record.files.clear();
  record.inputs.clear();
  record.data.images.test = std::count_if(pooled.predictions.rows.begin(), pooled.predictions.rows.end(),
                                          [](const PredictionRow& row) { return row.subset == kSubset; });
  for (const auto& fold : folds) {
    record.started = std::min(record.started, fold.record.started);
    record.finished = std::max(record.finished, fold.record.finished);
    if (record.status == kPassed) record.status = fold.record.status, record.reason = fold.record.reason;
    record.inputs[fold.folder.lexically_relative(out).generic_string()] = sha256_file(fold.folder / kRunFile);
  }
  record.training = pool_training(folds);
  record.metrics = nullptr;
  return pooled;
}

void write_pooled(const std::filesystem::path& folder, const Folds& folds, const std::filesystem::path& out,
                  const Adapter& adapter, const std::string& command) {
  PooledRun pooled = pool_folds(folds, out, adapter);
  write_predictions(folder / kPredictionsFile, pooled.predictions);
  MetricsSettings settings;
  settings.min_support = folds[0].record.metrics.value("min_support", settings.min_support);
  // As they are read back: what `flnas metrics` and `flnas verify` will see.
  const Predictions written = read_predictions(folder / kPredictionsFile, attribute_columns(adapter));
  pooled.record.metrics = evaluate_predictions(written, adapter, task_of(written, adapter), kSubset, settings);
  pooled.record.command = command;
  keep_adapter(adapter, folder);
  pooled.record.files[kAdapterFile] = sha256_file(folder / kAdapterFile);
  pooled.record.files[kPredictionsFile] = sha256_file(folder / kPredictionsFile);
  write_run(folder, pooled.record);
}

}  // namespace flnas
