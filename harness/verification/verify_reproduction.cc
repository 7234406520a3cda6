#include "harness/verification/verify_reproduction.h"

#include <regex>
#include <set>

#include "harness/base/files.h"
#include "harness/evaluation/old/again.h"
#include "harness/evaluation/old/rescored.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/files.h"
#include "harness/records/store.h"
#include "harness/verification/check.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

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
    if (!fs::is_regular_file(folder / kRunFile)) {
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
    if (fs::is_regular_file(check.folder() / name / kRunFile)) {
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

}  // namespace

void verify_reproduction(Check& check, const std::string& file, const VerifyRequest& request) {
  const Reproduction reproduction = read_reproduction(check.folder());
  check.digest(file);
  check.hash(reproduction.split.file, reproduction.split.sha256, file);
  check_members(check, reproduction);
  check.guarded(kStatisticsFile, "statistics", [&] { check_statistics(check, reproduction, request.adapter); });
  check_rescored(check, request.adapter);
}

}  // namespace flnas
