#include "harness/verification/verify.h"

#include <algorithm>
#include <regex>
#include <set>

#include "datasets/adapter_files.h"
#include "datasets/split.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/inside.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/group_thresholds.h"
#include "harness/evaluation/pool.h"
#include "harness/evaluation/rescored.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/hardware_latency.h"
#include "harness/records/proxy_search.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"
#include "harness/records/text_in.h"
#include "harness/verification/check.h"
#include "harness/verification/verify_nas_search.h"
#include "harness/verification/verify_suite.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

bool finished(const std::string& status) { return status == kPassed || status == kUnreliable; }

/// The split of the reproduction that holds a run, or one near the run with the recorded hash; empty where there is
/// none.
fs::path split_of(const fs::path& run, const std::string& recorded) {
  const fs::path folder = fs::absolute(run).lexically_normal();
  const fs::path out = folder.parent_path().parent_path();
  if (fs::is_regular_file(out / "reproduce.json")) return out / "split.json";
  for (const fs::path& near : {folder, folder.parent_path(), out}) {
    const fs::path file = near / "split.json";
    if (fs::is_regular_file(file) && sha256_file(file) == recorded) return file;
  }
  return {};
}

/// The images of one subset of predictions are those of the split.
void check_images(Check& check, const Predictions& predictions, const std::string& subset,
                  std::vector<std::string> expected) {
  std::vector<std::string> found;
  for (const auto& row : predictions.rows) {
    if (row.subset == subset) found.push_back(row.image);
  }
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  if (found == expected) return;
  const auto [ours, theirs] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  const bool missing = ours == found.end() || (theirs != expected.end() && *theirs < *ours);
  check.fail("predictions.csv", missing ? *theirs : *ours, "split",
             fmt::format("its {} {} images are not the split's {}; the first that differs is named here", found.size(),
                         subset, expected.size()));
}

/// The copy of the adapter that a study keeps, where it is here, is the run's.
void check_study_adapter(Check& check, const RunRecord& record) {
  const fs::path out = fs::absolute(check.folder()).lexically_normal().parent_path().parent_path();
  const auto kept = record.files.find(kAdapterFile);
  if (kept == record.files.end() || !fs::is_regular_file(out / kAdapterFile)) return;
  if (sha256_file(out / kAdapterFile) == kept->second) return;
  check.fail("run.json", "files.adapter.json", "sha256", "the study's adapter.json is another one");
}

void check_split(Check& check, const RunRecord& record, const Predictions& predictions) {
  const fs::path file = split_of(check.folder(), record.data.split_sha256);
  if (file.empty()) return check.skip("split.json", "not here, the predicted images were not compared with it");
  if (const std::string found = sha256_file(file); found != record.data.split_sha256) {
    return check.fail("run.json", "data.split_sha256", "split",
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
  check.same("run.json", "data.images", "split", record_to_json(record.data.images), record_to_json(sizes));
  const Json& evaluated = record.metrics.at("subset");
  std::set<std::string> subsets{evaluated.is_null() ? std::string("test") : evaluated.get<std::string>()};
  for (const auto& row : predictions.rows) subsets.insert(row.subset);
  for (const auto& subset : subsets) {
    const std::map<std::string, std::vector<std::string> Subsets::*> known{
        {"train", &Subsets::train}, {"validation", &Subsets::validation}, {"test", &Subsets::test}};
    const auto found = known.find(subset);
    check_images(check, predictions, subset, found == known.end() ? std::vector<std::string>() : split.*found->second);
  }
}

/// Pooled again from the folds' records and predictions.
void check_pooled(Check& check, const RunRecord& record, const Adapter& adapter) {
  const fs::path out = fs::absolute(check.folder()).lexically_normal().parent_path().parent_path();
  std::vector<Stored<RunRecord>> folds;
  for (const auto& [name, hash] : record.inputs) {
    if (!is_inside(name)) {
      return check.fail("run.json", "inputs", "pooled", fmt::format("'{}' would lie outside of the study", name));
    }
    if (!fs::is_regular_file(out / name / "run.json")) {
      return check.skip("run.json", name + " is not here, the folds were not pooled again");
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
  check.same("run.json", "", "pooled", record_to_json(record), record_to_json(again.record));
  if (read_file(check.folder() / "predictions.csv") == predictions_text(again.predictions)) return;
  check.fail("predictions.csv", "", "pooled", "not the rows of the folds' predictions, in the order of the images");
}

/// Metrics again from the predictions, of the version and with the settings that the record names.
void check_metrics(Check& check, const RunRecord& record, const Predictions& predictions, const Adapter& adapter) {
  const Task task = task_of(predictions, adapter);
  check.same("run.json", "data.task", "task", record.data.task, task.name);
  check.same("run.json", "data.classes", "task", record.data.classes, task.classes);
  check.same("run.json", "metrics", "metrics", record.metrics,
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
    return check.fail("predictions.csv", row.image, "mitigation",
                      fmt::format("predicted {} where the recorded thresholds give {}; the first row that differs is "
                                  "named here",
                                  row.prediction, expected.rows[i].prediction));
  }
}

void check_training(Check& check, const RunRecord& record) {
  auto summary = summarise_training(read_history(check.folder() / "history.jsonl"), training_rules(record.effective));
  summary.peak_bytes = record.training->peak_bytes;
  summary.input_mean = record.training->input_mean;
  summary.input_deviation = record.training->input_deviation;
  summary.mitigation = record.training->mitigation;
  check.same("run.json", "training", "training", record_to_json(*record.training), record_to_json(summary));
}

/// The raw file from which a figure was derived is among the hashed ones.
void require_listed(Check& check, const std::map<std::string, std::string>& files, const std::string& name) {
  if (files.count(name) == 0) check.fail("run.json", "files", "present", fmt::format("{} is not listed", name));
}

void check_run(Check& check, const std::string& adapter_file) {
  const RunRecord record = read_run(check.folder());
  check.digest("run.json");
  check.hashes(record.files);
  if (finished(record.status) && record.metrics.is_null()) {
    check.fail("run.json", "metrics", "present", "a finished run has metrics");
  }
  if (finished(record.status) && record.kind == "train" && !record.training) {
    check.fail("run.json", "training", "present", "a finished training run has a training summary");
  }
  if (!record.metrics.is_null()) {
    require_listed(check, record.files, "predictions.csv");
    check.guarded("predictions.csv", "metrics", [&] {
      const Adapter adapter =
          adapter_file.empty() ? kept_adapter(check.folder(), record.data.adapter) : load_adapter(adapter_file);
      check.same("run.json", "data.adapter", "task", record.data.adapter, adapter.name);
      const auto predictions = read_predictions(check.folder() / "predictions.csv", attribute_columns(adapter));
      check.guarded("predictions.csv", "metrics", [&] { check_metrics(check, record, predictions, adapter); });
      check.guarded("predictions.csv", "mitigation", [&] { check_thresholds(check, record, predictions, adapter); });
      check.guarded("split.json", "split", [&] { check_split(check, record, predictions); });
      check.guarded("run.json", "sha256", [&] { check_study_adapter(check, record); });
      if (record.kind == kPooled) check.guarded("run.json", "pooled", [&] { check_pooled(check, record, adapter); });
    });
  }
  if (record.training && record.kind != kPooled) {
    require_listed(check, record.files, "history.jsonl");
    check.guarded("history.jsonl", "training", [&] { check_training(check, record); });
  }
}

void check_hardware(Check& check) {
  const HardwareRecord record = read_hardware(check.folder());
  check.digest("run.json");
  check.hashes(record.files);
  if (finished(record.status) && !record.latency) {
    check.fail("run.json", "latency", "present", "a finished measurement has a latency");
  }
  if (!record.latency) return;
  if (record.latency->mark == "estimated") {
    // What it was computed from; computed again by harness/study/verify_all.cc.
    require_listed(check, record.files, "estimate.json");
    return;
  }
  require_listed(check, record.files, "latency.json");
  check.guarded("latency.json", "latency", [&] {
    const LatencySuite suite = read_latency_suite(check.folder() / "latency.json");
    if (suite.results.size() != 1) throw DataError("latency.json: it holds more than the one result of run.json");
    check.same("run.json", "latency", "latency", record_to_json(*record.latency),
               record_to_json(latency_summary(suite.results.front())));
    // The first edition's has samples alone.
    if (!suite.verdict.empty()) check_latency_suite(check, "latency.json");
  });
}

void check_record(Verification& result, const fs::path& root, const fs::path& folder, const std::string& adapter) {
  Check check(result, root, folder);
  ++result.records;
  check.guarded("run.json", "schema", [&] {
    text_in(folder / "run.json", "kind") == "hardware" ? check_hardware(check) : check_run(check, adapter);
  });
}

/// Whether a folder is called as a study's own run is: by a model, perhaps a fold, a seed and a hash of the settings.
/// Runs that were set side by side have any names.
bool is_of_a_grid(const std::string& name) {
  static const std::regex form(".+-s[0-9]+-[0-9a-f]{8,}");
  return std::regex_match(name, form);
}

/// A record lies where its model's does: "search1-s1-0a1b2c3d", "hardware/search1-pi4".
void check_name(Check& check, const std::string& folder, const std::string& model) {
  const std::string name = fs::path(folder).filename().string();
  if (name == model || name.starts_with(model + "-")) return;
  check.fail(folder + "/run.json", "model.name", "reproduction",
             fmt::format("is of {}, in the folder of another", model));
}

/// The records of a reproduction are about its data, split and task, and each is another one.
void check_members(Check& check, const Reproduction& reproduction) {
  std::vector<std::string> runs = reproduction.runs;
  if (reproduction.pooled) runs.insert(runs.end(), reproduction.pooled->begin(), reproduction.pooled->end());
  std::set<std::string> seen;
  for (const auto& name : runs) {
    const fs::path folder = check.folder() / name;
    if (!fs::is_regular_file(folder / "run.json")) {
      check.fail(name, "", "present", "reproduce.json lists it, but it has no run.json; run the same command again");
      continue;
    }
    const RunRecord run = read_run(folder);
    const DataInfo& data = run.data;
    const std::string file = name + "/run.json";
    if (is_of_a_grid(fs::path(name).filename().string())) check_name(check, name, run.model.name);
    const Json key = {run.kind, run.model.name, run.fold.value_or(0), run.requested};
    if (!seen.insert(key.dump()).second) {
      check.fail(file, "requested", "reproduction", "another run has the same model, fold and settings");
    }
    check.same(file, "data.fingerprint", "reproduction", data.fingerprint, reproduction.data.fingerprint);
    check.same(file, "data.split_sha256", "reproduction", data.split_sha256, reproduction.split.sha256);
    check.same(file, "data.task", "reproduction", data.task, reproduction.task);
    check.same(file, "data.protocol", "reproduction", data.protocol, reproduction.protocol);
  }
  for (const auto& name : reproduction.hardware) {
    if (fs::is_regular_file(check.folder() / name / "run.json")) {
      check_name(check, name, read_hardware(check.folder() / name).model.name);
      continue;
    }
    check.fail(name, "", "present", "reproduce.json lists it, but it has no run.json; run the same command again");
  }
}

/// The comparisons of the models, again from all predictions.
void check_statistics_file(Check& check, const std::string& file, const std::string& adapter) {
  check.digest(file);
  Json recorded = read_json(check.folder() / file);
  recorded.erase("digest");
  check.same(file, "", "statistics", recorded, statistics_again(Store::open(check.folder()), adapter, recorded));
}

void check_statistics(Check& check, const Reproduction& reproduction, const std::string& adapter) {
  const fs::path file = check.folder() / kStatisticsFile;
  if (!fs::is_regular_file(file)) {
    if (reproduction.finished) {
      check.fail(kStatisticsFile, "", "present", "a finished reproduction has one; run the same command again");
    }
    return;
  }
  check_statistics_file(check, kStatisticsFile, adapter);
}

/// Figures of a newer version of the metrics, again from the predictions.
void check_rescored(Check& check, const std::string& adapter) {
  const auto name_of = [](const std::string& file) { return std::string(kRescoredFolder) + "/" + file; };
  for (const auto& [run, unused] : rescored_runs(check.folder())) {
    const std::string file = name_of(run + "/" + kRescoredMetrics);
    check.guarded(file, "rescored", [&] {
      check.digest(file);
      const Json recorded = read_json(check.folder() / file);
      check.hash(run + "/predictions.csv", recorded.at("predictions_sha256").get<std::string>(), file);
      const Json& metrics = recorded.at("metrics");
      check.same(file, "metrics", "rescored", metrics, metrics_again(check.folder() / run, adapter, metrics));
    });
  }
  const std::string file = name_of(kStatisticsFile);
  if (!fs::is_regular_file(check.folder() / file)) return;
  check.guarded(file, "rescored", [&] { check_statistics_file(check, file, adapter); });
}

void check_reproduction(Verification& result, const fs::path& root, const fs::path& out, const std::string& adapter) {
  Check check(result, root, out);
  check.guarded("reproduce.json", "schema", [&] {
    const Reproduction reproduction = read_reproduction(out);
    check.digest("reproduce.json");
    check.hash(reproduction.split.file, reproduction.split.sha256, "reproduce.json");
    check_members(check, reproduction);
    check.guarded(kStatisticsFile, "statistics", [&] { check_statistics(check, reproduction, adapter); });
    check_rescored(check, adapter);
  });
}

}  // namespace

Verification verify(const fs::path& folder, const std::string& adapter) {
  if (!fs::is_directory(folder)) throw DataError(fmt::format("{}: no such folder", folder.string()));
  const auto reproductions = find_reproductions(folder);
  const auto records = find_records(folder);
  const auto nas_searches = find_nas_searches(folder);
  const auto suites = find_latency_suites(folder);
  // A search that stopped before its first design has no run yet.
  const bool searched = !folders_with("search.json", folder).empty() ||
                        !folders_with(kProxySearchFile, folder).empty() ||
                        !folders_with(kTransformerSearchFile, folder).empty();
  if (records.empty() && reproductions.empty() && nas_searches.empty() && suites.empty() && !searched) {
    throw DataError(fmt::format(
        "{}: no run.json, reproduce.json, search.json, nas_search.json or bench/*.json here or below; name a folder "
        "that reproduce, train or search wrote",
        folder.string()));
  }
  Verification result;
  for (const auto& out : reproductions) check_reproduction(result, folder, out, adapter);
  for (const auto& record : records) check_record(result, folder, record, adapter);
  for (const auto& out : nas_searches) {
    Check check(result, folder, out);
    ++result.records;
    check.guarded("nas_search.json", "schema", [&] { check_nas_search(check); });
  }
  for (const auto& suite : suites) {
    Check check(result, folder, suite.parent_path());
    ++result.records;
    const std::string file = suite.filename().string();
    check.guarded(file, "schema", [&] { check_latency_suite(check, file); });
  }
  return result;
}

}  // namespace flnas
