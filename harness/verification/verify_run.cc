#include "harness/verification/verify_run.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "datasets/splits/split.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/inside.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/group_thresholds.h"
#include "harness/evaluation/old/again.h"
#include "harness/evaluation/pool.h"
#include "harness/records/files.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"
#include "harness/verification/check.h"
#include "harness/verification/verify_hardware.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// The split of the reproduction that holds a run, or one near the run with the recorded hash; empty where there is
/// none.
fs::path split_of(const fs::path& run, const std::string& recorded) {
  const fs::path folder = fs::absolute(run).lexically_normal();
  const fs::path out = folder.parent_path().parent_path();
  if (fs::is_regular_file(out / kReproductionFile)) return out / kSplitFile;
  for (const fs::path& near : {folder, folder.parent_path(), out}) {
    const fs::path file = near / kSplitFile;
    if (fs::is_regular_file(file) && sha256_file(file) == recorded) return file;
  }
  return {};
}

/// The images of one subset of predictions are those of the split; `fold`: of one fold's rows; blank: of all.
void check_images(Check& check, const Predictions& predictions, const std::string& subset,
                  std::vector<std::string> expected, const std::string& fold = "") {
  std::vector<std::string> found;
  for (const auto& row : predictions.rows) {
    if (row.subset == subset && (fold.empty() || row.fold == fold)) found.push_back(row.image);
  }
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  if (found == expected) return;
  const auto [ours, theirs] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  const bool missing = ours == found.end() || (theirs != expected.end() && *theirs < *ours);
  check.fail(kPredictionsFile, missing ? *theirs : *ours, "split",
             fmt::format("its {} {} images are not the split's {}; the first that differs is named here", found.size(),
                         subset, expected.size()));
}

/// The copy of the adapter that a study keeps, where it is here, is the run's.
void check_study_adapter(Check& check, const RunRecord& record) {
  const fs::path out = fs::absolute(check.folder()).lexically_normal().parent_path().parent_path();
  const auto kept = record.files.find(kAdapterFile);
  if (kept == record.files.end() || !fs::is_regular_file(out / kAdapterFile)) return;
  if (sha256_file(out / kAdapterFile) == kept->second) return;
  check.fail(kRunFile, "files.adapter.json", "sha256", "the study's adapter.json is another one");
}

/// Of a pool: each fold's validation rows are its own.
void check_validation_of_folds(Check& check, const Json& split, const Predictions& predictions) {
  std::set<std::string> folds;
  for (const auto& row : predictions.rows) {
    if (row.subset == "validation") folds.insert(row.fold);
  }
  for (const std::string& fold : folds) {
    const auto number = std::strtol(fold.c_str(), nullptr, 10);
    check_images(check, predictions, "validation", subsets_of(split, static_cast<int>(number)).validation, fold);
  }
}

void check_split(Check& check, const RunRecord& record, const Predictions& predictions) {
  const fs::path file = split_of(check.folder(), record.data.split_sha256);
  if (file.empty()) return check.skip(kSplitFile, "not here, the predicted images were not compared with it");
  if (const std::string found = sha256_file(file); found != record.data.split_sha256) {
    return check.fail(kRunFile, "data.split_sha256", "split",
                      fmt::format("recorded {}, split.json has {}", record.data.split_sha256, found));
  }
  const Json json = read_json(file);
  const bool pooled = record.kind == kPooled;
  Subsets split = subsets_of(json, static_cast<int>(pooled ? 1 : record.fold.value_or(0)));
  if (pooled) split.test = subsets_of(json, 0).test;
  SubsetSizes sizes;
  sizes.train = static_cast<std::int64_t>(split.train.size());
  sizes.validation = static_cast<std::int64_t>(split.validation.size());
  sizes.test = static_cast<std::int64_t>(split.test.size());
  check.same(kRunFile, "data.images", "split", record_to_json(record.data.images), record_to_json(sizes));
  const Json& evaluated = record.metrics.at("subset");
  std::set<std::string> subsets{evaluated.is_null() ? std::string("test") : evaluated.get<std::string>()};
  for (const auto& row : predictions.rows) subsets.insert(row.subset);
  for (const auto& subset : subsets) {
    const std::map<std::string, std::vector<std::string> Subsets::*> known{
        {"train", &Subsets::train}, {"validation", &Subsets::validation}, {"test", &Subsets::test}};
    const auto found = known.find(subset);
    if (pooled && subset == "validation") {
      check_validation_of_folds(check, json, predictions);
      continue;
    }
    check_images(check, predictions, subset, found == known.end() ? std::vector<std::string>() : split.*found->second);
  }
}

/// As earlier versions pooled: test rows alone, without their folds.
Predictions without_folds(Predictions pooled) {
  std::erase_if(pooled.rows, [](const PredictionRow& row) { return row.subset != "test"; });
  for (PredictionRow& row : pooled.rows) row.fold.clear();
  return pooled;
}

/// Pooled again from the folds' records and predictions.
void check_pooled(Check& check, const RunRecord& record, const Adapter& adapter) {
  const fs::path out = fs::absolute(check.folder()).lexically_normal().parent_path().parent_path();
  std::vector<Stored<RunRecord>> folds;
  for (const auto& [name, hash] : record.inputs) {
    if (!is_inside(name)) {
      return check.fail(kRunFile, "inputs", "pooled", fmt::format("'{}' would lie outside of the study", name));
    }
    if (!fs::is_regular_file(out / name / kRunFile)) {
      return check.skip(kRunFile, name + " is not here, the folds were not pooled again");
    }
    folds.push_back({out / name, read_run(out / name)});
  }
  std::sort(folds.begin(), folds.end(),
            [](const auto& a, const auto& b) { return a.record.fold.value_or(0) < b.record.fold.value_or(0); });
  PooledRun again = pool_folds(folds, out, adapter);
  again.record.schema = record.schema;
  again.record.command = record.command;
  again.record.metrics = record.metrics;  // compared with the predictions elsewhere
  again.record.files = record.files;
  check.same(kRunFile, "", "pooled", record_to_json(record), record_to_json(again.record));
  const std::string stored = read_file(check.folder() / kPredictionsFile);
  if (stored == predictions_text(again.predictions) || stored == predictions_text(without_folds(again.predictions))) {
    return;
  }
  check.fail(kPredictionsFile, "", "pooled", "not the rows of the folds' predictions, in the order of the images");
}

/// Metrics again from the predictions, of the version and with the settings that the record names.
void check_metrics(Check& check, const RunRecord& record, const Predictions& predictions, const Adapter& adapter) {
  const Task task = task_of(predictions, adapter);
  check.same(kRunFile, "data.task", "task", record.data.task, task.name);
  check.same(kRunFile, "data.classes", "task", record.data.classes, task.classes);
  check.same(kRunFile, "metrics", "metrics", record.metrics,
             evaluate_again(predictions, adapter, task, "test", record.metrics));
}

/// Where thresholds per group decided, each prediction is what they say.
void check_thresholds(Check& check, const RunRecord& record, const Predictions& predictions, const Adapter& adapter) {
  if (!record.training || !record.training->mitigation) return;
  const Json& mitigation = *record.training->mitigation;
  if (mitigation.value("name", "") != GroupThresholds{}.name) return;
  Predictions expected = predictions;
  apply_thresholds(record_from_json<GroupThresholds>(mitigation, "run.json: training: mitigation"), adapter,
                   task_of(predictions, adapter), expected);
  for (std::size_t i = 0; i < predictions.rows.size(); ++i) {
    const PredictionRow& row = predictions.rows[i];
    if (row.prediction == expected.rows[i].prediction) continue;
    return check.fail(kPredictionsFile, row.image, "mitigation",
                      fmt::format("predicted {} where the recorded thresholds give {}; the first row that differs is "
                                  "named here",
                                  row.prediction, expected.rows[i].prediction));
  }
}

void check_training(Check& check, const RunRecord& record) {
  auto summary = summarise_training(read_history(check.folder() / kHistoryFile), training_rules(record.effective));
  summary.peak_bytes = record.training->peak_bytes;
  summary.input_mean = record.training->input_mean;
  summary.input_deviation = record.training->input_deviation;
  summary.mitigation = record.training->mitigation;
  check.same(kRunFile, "training", "training", record_to_json(*record.training), record_to_json(summary));
}

}  // namespace

bool is_run(const fs::path& file) { return fs::is_regular_file(file) && !is_hardware(file); }

void verify_run(Check& check, const std::string&, const VerifyRequest& request) {
  const RunRecord record = read_run(check.folder());
  check.digest(kRunFile);
  check.hashes(record.files);
  if (is_finished(record.status) && record.metrics.is_null()) {
    check.fail(kRunFile, "metrics", "present", "a finished run has metrics");
  }
  if (is_finished(record.status) && record.kind == "train" && !record.training) {
    check.fail(kRunFile, "training", "present", "a finished training run has a training summary");
  }
  if (!record.metrics.is_null()) {
    check.listed(record.files, kPredictionsFile);
    check.guarded(kPredictionsFile, "metrics", [&] {
      const Adapter adapter =
          request.adapter.empty() ? kept_adapter(check.folder(), record.data.adapter) : load_adapter(request.adapter);
      check.same(kRunFile, "data.adapter", "task", record.data.adapter, adapter.name);
      const auto predictions = read_predictions(check.folder() / kPredictionsFile, attribute_columns(adapter));
      check.guarded(kPredictionsFile, "metrics", [&] { check_metrics(check, record, predictions, adapter); });
      check.guarded(kPredictionsFile, "mitigation", [&] { check_thresholds(check, record, predictions, adapter); });
      check.guarded(kSplitFile, "split", [&] { check_split(check, record, predictions); });
      check.guarded(kRunFile, "sha256", [&] { check_study_adapter(check, record); });
      if (record.kind == kPooled) check.guarded(kRunFile, "pooled", [&] { check_pooled(check, record, adapter); });
    });
  }
  if (record.training && record.kind != kPooled) {
    check.listed(record.files, kHistoryFile);
    check.guarded(kHistoryFile, "training", [&] { check_training(check, record); });
  }
}

}  // namespace flnas
