#include "searches/session/verify_searches.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/inside.h"
#include "harness/evaluation/old/again.h"
#include "harness/records/files.h"
#include "harness/records/store.h"
#include "harness/verification/check.h"
#include "searches/core/archive.h"
#include "searches/core/summary.h"
#include "searches/session/search_files.h"
#include "searches/training/macs_niches.h"
#include "searches/training/short_training.h"
#include "searches/training/validation_scores.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

/// What the search was told to go by; empty: the paper's order.
Objectives objectives_of(const Json& record) {
  const Json named = record.value("objectives", Json(nullptr));
  const auto objectives = named.is_null() ? Objectives() : named.get<Objectives>();
  require_objectives(objectives);
  return objectives;
}

BestRule rule_of(const Json& record) {
  return {.floor = record.at("floor").get<double>(), .objectives = objectives_of(record)};
}

/// The metrics beside those that every design has.
Objectives further_of(const DesignScores& scores) {
  Objectives names;
  for (const MetricScore& score : scores.further.value_or(std::vector<MetricScore>())) names.push_back(score.name);
  require_objectives(names);
  return names;
}

/// Those that `recorded` has: earlier versions took fewer.
DesignScores scores_again(const fs::path& run, const DesignScores& recorded, const Adapter& adapter) {
  const RunRecord record = read_run(run);
  if (!recorded.balanced_accuracy_se) return scores_of(record);
  DesignScores scores = scores_of(record, read_predictions(run / kPredictionsFile, attribute_columns(adapter)), adapter,
                                  further_of(recorded));
  add_robust_scores(scores, run);
  return scores;
}

void check_scores(Check& check, const Evaluation& evaluation, const Adapter& adapter) {
  if (evaluation.run.empty() || evaluation.status != kPassed) return;
  const fs::path run = search_file(check.folder(), "runs") / fs::path(evaluation.run).filename();
  if (!fs::is_regular_file(run / kRunFile)) return check.skip(evaluation.run, "not here, its scores were not compared");
  check.same(kArchiveFile, evaluation.name + ".scores", "scores", record_to_json(evaluation.scores),
             record_to_json(scores_again(run, evaluation.scores, adapter)));
}

/// What the search wrote is as it was then.
void check_files(Check& check, const Json& record) {
  if (!record.contains("files")) {
    return check.skip(kSearchFile, "an earlier version wrote it, which listed no files: designs were not compared");
  }
  for (const auto& [name, hash] : record["files"].items()) {
    if (!is_inside(name)) {
      check.fail(kSearchFile, "files", "present", fmt::format("'{}' would lie outside of the search's folder", name));
      continue;
    }
    check.hash(search_file(check.folder(), name).lexically_relative(check.folder()).string(), hash.get<std::string>(),
               kSearchFile);
  }
}

void check_reported(Check& check, const Json& design, const Adapter& adapter, const std::string& task) {
  const std::string name = design.at("name").get<std::string>(), hash = design.at("hash").get<std::string>();
  if (!is_file_name(hash))
    return check.fail(kSearchFile, "reported." + name + ".hash", "search", "is no design's hash");
  const fs::path file = search_file(check.folder(), "reported") / hash / kPredictionsFile;
  if (!fs::is_regular_file(file)) {
    return check.fail(kSearchFile, "reported." + name, "present", "its predictions on the test images are missing");
  }
  const auto predictions = read_predictions(file, attribute_columns(adapter));
  const Json& recorded = design.at("test");
  const Json computed = evaluate_again(predictions, adapter, adapter.task(task), "test", recorded);
  if (recorded.contains("predictions_sha256")) {
    check.hash(file.lexically_relative(check.folder()).string(), recorded["predictions_sha256"].get<std::string>(),
               kSearchFile);
  }
  for (const auto& [key, value] : recorded.items()) {
    if (key == "predictions_sha256") continue;
    check.same(kSearchFile, "reported." + name + ".test." + key, "metrics", value, computed.value(key, Json(nullptr)));
  }
}

/// Where its runs are here.
void check_short_training(Check& check, const Json& record, const History& history) {
  const Json recorded = record.value("short_training", Json(nullptr));
  if (recorded.is_null()) return;
  const std::string selection = record.at("settings").at("train").at("selection");
  const Json computed = short_training(search_file(check.folder(), "runs").parent_path(), history, selection);
  if (computed.is_null() || computed["designs"] != recorded.at("designs")) {
    return check.skip(kSearchFile, "runs are not here: short_training was not compared");
  }
  check.same(kSearchFile, "short_training", "search", recorded, computed);
}

/// Of `computed` what `recorded` has too, at every depth.
Json known_members(const Json& computed, const Json& recorded) {
  Json kept = computed;
  if (computed.is_object() && recorded.is_object()) {
    kept = Json::object();
    for (const auto& [key, value] : computed.items()) {
      if (recorded.contains(key)) kept[key] = known_members(value, recorded[key]);
    }
  }
  if (computed.is_array() && recorded.is_array()) {
    for (std::size_t i = 0; i < std::min(computed.size(), recorded.size()); ++i) {
      kept[i] = known_members(computed[i], recorded[i]);
    }
  }
  return kept;
}

/// A search that is running, or stopped in a version that did not sum up then, says nothing that could be recomputed.
void check_unsummarised(Check& check, const Json& record, const std::string& status) {
  for (const char* figure :
       {"counts", "best", "front", "top", "trajectory", "reported", "partition", "short_training"}) {
    if (record.contains(figure)) check.fail(kSearchFile, figure, "search", "a search that is not summed up has none");
  }
  check.skip(kSearchFile,
             status == "running" ? "the search is not finished" : "the search stopped and was not summed up");
}

/// What is not there cannot be compared. (Later versions tell more.)
void require_keys(Check& check, const Json& record, const std::string& status) {
  std::vector<const char*> keys = {"floor", "counts", "trajectory", "best", "front", "top", "settings", "data"};
  if (status == "finished" && !record.value("best", Json(nullptr)).is_null()) keys.push_back("reported");
  for (const char* key : keys) {
    if (!record.contains(key)) check.fail(kSearchFile, key, "present", "is missing");
  }
  if (status != "finished" && status != "stopped" && status != "running") {
    check.fail(kSearchFile, "status", "search", fmt::format("'{}' is none of finished, stopped and running", status));
  }
}

void check_search(Check& check, const std::string& adapter) {
  const fs::path& folder = check.folder();
  const Json record = read_json(folder / kSearchFile);
  check.digest(kSearchFile);
  const std::string status = record.at("status").get<std::string>();
  if (status != "finished" && !record.contains("floor")) return check_unsummarised(check, record, status);
  require_keys(check, record, status);
  check_files(check, record);
  if (const fs::path split = search_file(folder, kSplitFile); fs::exists(split)) {
    check.hash(split.lexically_relative(folder).string(), record.at("data").at("split_sha256").get<std::string>(),
               kSearchFile);
  }
  check.same(kSearchFile, "objectives", "search", record.value("objectives", Json(nullptr)),
             record.at("settings").value("objectives", Json(nullptr)));
  const History history = read_history(folder / kArchiveFile);
  // Earlier versions told less.
  const Json summary = known_members(record_to_json(summarise(history, rule_of(record))), record);
  for (const auto& [key, value] : summary.items()) {
    check.same(kSearchFile, key, "search", record.value(key, Json(nullptr)), value);
  }
  if (record.contains("partition")) {
    MacsNiches niches;
    for (const Json& niche : record["partition"].at("niches")) {
      niches.least.push_back(niche.at("least_macs").get<std::int64_t>());
    }
    check.same(kSearchFile, "partition", "search", record["partition"],
               record_to_json(summarise_niches(history, niches, objectives_of(record))));
  }
  check_short_training(check, record, history);
  const Json& data = record.at("data");
  const Adapter used = adapter.empty()
                           ? kept_adapter(search_file(folder, kAdapterFile).parent_path(), data.at("adapter"))
                           : load_adapter(adapter);
  for (const auto& evaluation : history.evaluations) {
    check.guarded(kArchiveFile, "scores", [&] { check_scores(check, evaluation, used); });
  }
  for (const Json& design : record.value("reported", Json::array())) {
    check.guarded(kSearchFile, "metrics",
                  [&] { check_reported(check, design, used, data.at("task").get<std::string>()); });
  }
}

/// The first edition called the strategy a designer: llm, file and replay asked.
bool asked_a_language_model(const Json& settings) {
  const std::string who = settings.value("llm", settings.value("designer", "none"));
  return who == "server" || who == "llm" || who == "local" || who == "file" || who == "replay";
}

void check_comparison(Check& check) {
  const fs::path& folder = check.folder();
  Json recorded = read_json(folder / kComparisonFile);
  if (recorded.contains("digest")) check.digest(kComparisonFile);  // its first version had none
  std::vector<ComparedSearch> searches;
  BestRule rule;
  for (Json& configuration : recorded.at("arms")) {
    // What earlier versions called it.
    if (configuration.value("not_measured", "") == "nobody answered") configuration["not_measured"] = kNoAnswer;
    for (const Json& seed : recorded.at("seeds")) {
      const std::string name = configuration.at("name").get<std::string>();
      const fs::path search = folder / fmt::format("seed-{}", seed.get<std::uint64_t>()) / name;
      const Json record = read_json(search / kSearchFile);
      rule = rule_of(record);
      const Json reported = record.value("reported", Json::array());
      searches.push_back({.configuration = name,
                          .seed = seed.get<std::uint64_t>(),
                          .history = read_history(search / kArchiveFile),
                          .test = reported.empty() ? Json(nullptr) : reported[0].at("test"),
                          .finished = record.at("status") == "finished",
                          .reason = record.value("reason", ""),
                          .asks = asked_a_language_model(record.at("settings"))});
    }
  }
  // Earlier versions of this file told less: who answered, how often proposals were refused for what, why a search
  // ended, what was not measured, more of the test figures.
  const Json computed = known_members(record_to_json(compare(searches, rule)), recorded);
  for (const auto& [key, value] : computed.items()) {
    check.same(kComparisonFile, key, "comparison", recorded.value(key, Json(nullptr)), value);
  }
}

}  // namespace

void verify_search(Check& check, const std::string& file, const VerifyRequest& request) {
  check.guarded(file, "search", [&] { check_search(check, request.adapter); });
}

void verify_comparison(Check& check, const std::string& file, const VerifyRequest&) {
  check.guarded(file, "comparison", [&] { check_comparison(check); });
}

}  // namespace flnas::searches
